import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { har } from './har';
import { inPieces, readAll, writeAll } from './testing/sessions';

/** What Chromium 156 gave for a page with four sockets: echoed, refused, on a blocked port, still open. */
const bytes = new Uint8Array(readFileSync(new URL('./testing/chrome-156.har', import.meta.url)));
const utf8 = new TextDecoder();

type Json = Record<string, unknown>;
const entriesOf = (file: Uint8Array): Json[] => JSON.parse(utf8.decode(file)).log.entries;

describe("Chrome's HAR", () => {
  it('gives a connection for each socket', async () => {
    const { connections, documents, session } = await readAll(har, inPieces(bytes, [777]));
    expect(
      connections.map(({ url, openedAt, failure }) => [new URL(url).pathname, openedAt !== null, failure]),
    ).toEqual([
      ['/echo', true, null],
      ['/refuse', false, 'Error during WebSocket handshake: Unexpected response code: 403'],
      ['/x', false, 'Error in connection establishment: net::ERR_UNSAFE_PORT'],
      ['/open', true, null],
    ]);
    expect(documents).toMatchObject([{ url: 'http://127.0.0.1:41581/p?x=1', kind: 'document' }]);
    expect(session?.site).toBe('127.0.0.1:41581');
  });

  it('gives the handshake, the initiator and the counts', async () => {
    const { connections } = await readAll(har, inPieces(bytes));
    const [echo] = connections;
    expect(echo).toMatchObject({
      protocols: ['p1', 'p2'],
      protocol: 'p1',
      state: 'closed',
      source: 'network',
      readOnly: true,
      sentFrames: 4,
      receivedFrames: 4,
      sentBytes: 15,
      receivedBytes: 15,
      createdAt: Date.parse('2026-11-21T00:45:11.311Z'),
    });
    expect(echo.handshake).toMatchObject({ status: 101, statusText: 'Switching Protocols' });
    expect(echo.handshake?.responseHeaders).toContainEqual({ name: 'Upgrade', value: 'websocket' });
    expect(echo.initiator?.split('\n')[1]).toBe('at run (:1:55)');
  });

  it('gives the messages', async () => {
    const { frames } = await readAll(har, inPieces(bytes));
    const echoed = frames.filter((frame) => frame.connection === 1);
    expect(echoed.map(({ kind, direction }) => `${direction} ${kind}`)).toEqual([
      'sent text',
      'sent binary',
      'sent binary',
      'sent text',
      'received text',
      'received binary',
      'received binary',
      'received text',
    ]);
    expect(utf8.decode(echoed[0].payload)).toBe('hä"llo\n😀');
    expect(echoed[5].payload).toEqual(new Uint8Array([1, 2, 255]));
    expect(echoed[0].time).toBe(1795221911315.156);
    expect(frames).toHaveLength(10);
  });

  it('is written again with the same messages and members in the same order', async () => {
    const read = await readAll(har, inPieces(bytes));
    const session = { ...emptySession, ...read.session };
    const written = await writeAll(har, { ...read, session });
    const ours = entriesOf(written);
    const theirs = entriesOf(bytes).filter((entry) => entry._resourceType === 'websocket');
    expect(ours.map((entry) => withoutOwn(entry)._webSocketMessages)).toEqual(theirs.map((e) => e._webSocketMessages));
    for (const [i, entry] of ours.entries()) {
      const names = Object.keys(theirs[i]).filter((name) => name !== 'serverIPAddress');
      expect(Object.keys(withoutOwn(entry))).toEqual(names);
      expect(Object.keys(entry.request as Json)).toEqual(Object.keys(theirs[i].request as Json));
      expect((entry.response as Json).headers).toEqual((theirs[i].response as Json).headers);
    }
  });

  it('is read the same where the messages come before the request', async () => {
    const turned = entriesOf(bytes).map((entry) => Object.fromEntries(Object.entries(entry).reverse()));
    const file = new TextEncoder().encode(JSON.stringify({ log: { entries: turned } }));
    const { frames } = await readAll(har, inPieces(file, [100]));
    expect(frames).toEqual((await readAll(har, inPieces(bytes))).frames);
  });
});

const emptySession = {
  id: '',
  name: '',
  site: '',
  startedAt: 0,
  endedAt: 0,
  connections: 0,
  frames: 0,
  bytes: 0,
  importedFrom: null,
  live: false,
  pinned: false,
};

function withoutOwn(entry: Json): Json {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !name.startsWith('_framescope')));
}
