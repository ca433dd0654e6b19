import { connectionFacts } from '../src/testing/connection-facts';
import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { type Recorded, type RecordedConnection, recorded } from '../src/testing/recorded';

interface Handshake {
  status: number;
  requestHeaders: { name: string; value: string }[];
  responseHeaders: { name: string; value: string }[];
  timings: Record<string, number>;
}

const handshakeOf = (connection: RecordedConnection) => connection.handshake as Handshake | null;
const header = (list: { name: string; value: string }[], name: string) =>
  list.find((one) => one.name.toLowerCase() === name)?.value;

/** Opens sockets one after the other, and waits until each is open or refused. They stay open. */
async function openAll(sockets: { url: string; protocols: string[] }[]): Promise<void> {
  const kept: WebSocket[] = [];
  (globalThis as { kept?: WebSocket[] }).kept = kept;
  for (const { url, protocols } of sockets) {
    const socket = new WebSocket(url, protocols);
    kept.push(socket);
    await new Promise((resolve) => {
      socket.onopen = resolve;
      socket.onerror = resolve;
    });
  }
}

/** Waits until what is exported satisfies a test. */
async function whenRecorded(
  panel: Parameters<typeof recorded>[0],
  what: string,
  test: (all: Recorded) => boolean,
): Promise<Recorded> {
  return await until(what, async () => {
    const all = await recorded(panel);
    return test(all) ? all : undefined;
  });
}

test('shows the handshake of an open socket: headers, subprotocols, timing @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.reload();
  await tab.evaluate(openAll, [{ url: `${demo.wsUrl}/protocols?pick=demo.v1`, protocols: ['demo.v3', 'demo.v1'] }]);
  const { connections } = await whenRecorded(panel, 'the handshake', (all) => !!all.connections[0]?.handshake);
  const handshake = handshakeOf(connections[0]);
  expect(connections[0]).toMatchObject({ protocols: ['demo.v3', 'demo.v1'], protocol: 'demo.v1', failure: null });
  expect(handshake?.status).toBe(101);
  expect(header(handshake?.requestHeaders ?? [], 'sec-websocket-protocol')).toBe('demo.v3, demo.v1');
  expect(header(handshake?.requestHeaders ?? [], 'sec-websocket-extensions')).toContain('permessage-deflate');
  expect(header(handshake?.requestHeaders ?? [], 'sec-websocket-key')).toMatch(/^[\w+/]{22}==$/);
  expect(header(handshake?.responseHeaders ?? [], 'sec-websocket-protocol')).toBe('demo.v1');
  expect(handshake?.timings.wait).toBeGreaterThanOrEqual(0);
});

test('shows what went by until a connection was open and its first frame there @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.goto(`${demo.url}/first`);
  // Chromium does not tell how long it was queued.
  const before = session.browserName === 'chromium' ? 'queued and connecting' : 'queued';
  const timing = await connectionFacts(panel, /from=first/, 'Timing', ['first frame', before, 'waiting']);
  const duration = /^\d+(\.\d+)? m?s$/;
  expect(timing[before]).toMatch(duration);
  expect(timing.waiting).toMatch(duration);
  const { connections, frames } = await recorded(panel);
  const [{ openedAt, firstFrameAt, createdAt }] = connections as unknown as Record<string, number>[];
  expect(firstFrameAt).toBe(frames.find(({ kind }) => kind === 'text')?.time);
  for (const [name, time, since] of [
    ['opened', openedAt, createdAt],
    ['first frame', firstFrameAt, openedAt],
  ] as const) {
    const [, number, unit] = /\(after ([\d.]+) (ms|s)\)$/.exec(timing[name]) ?? [];
    const off = Number(number) * (unit === 's' ? 1000 : 1) - (time - since);
    // Rounded to three digits or more.
    expect(Math.abs(off), `${name}: ${timing[name]}`).toBeLessThan(0.1 + (time - since) / 100);
  }
  expect(timing.constructed).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
});

test('says why a handshake failed, which the page is never told @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.reload();
  const urls = [
    `${demo.wsUrl}/refuse?status=403`,
    `${demo.wsUrl}/bad-accept`,
    'ws://127.0.0.1:9999/nobody',
    `${demo.wsUrl}/echo`,
  ];
  await tab.evaluate(
    openAll,
    urls.map((url) => ({ url, protocols: [] })),
  );
  const { connections } = await whenRecorded(
    panel,
    'three reasons',
    (all) => all.connections.filter(({ failure }) => failure !== null).length === 3 && !!all.connections[3].handshake,
  );
  expect(connections.map(({ url }) => url)).toEqual(urls);
  const reasons = connections.map(({ failure }) => failure);
  expect(reasons[0]).toContain('403');
  expect(reasons[1]).toContain('Sec-WebSocket-Accept');
  expect(reasons[2]).toMatch(/refused/i);
  expect(reasons[3]).toBeNull();
  expect(handshakeOf(connections[0])?.status).toBe(403);
});

test('gives each of many sockets to one URL its own handshake @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.reload();
  // Each asks for another subprotocol, by which its handshake is known; all are constructed at once.
  await tab.evaluate(async (url: string) => {
    const sockets = Array.from({ length: 6 }, (_, index) => new WebSocket(url, [`demo.v${index + 4}`, 'demo.v1']));
    (globalThis as { kept?: WebSocket[] }).kept = sockets;
    for (const [index, socket] of sockets.entries()) {
      await new Promise((open) => {
        if (socket.readyState === 1) open(null);
        else socket.onopen = open;
      });
      socket.send(`I am ${index}`);
    }
  }, `${demo.wsUrl}/protocols?same`);
  const { connections, frames } = await whenRecorded(
    panel,
    'six handshakes',
    (all) => all.connections.filter(handshakeOf).length === 6 && all.frames.length >= 6 * 4,
  );
  for (const connection of connections) {
    const said = frames.find((frame) => frame.connection === connection.id && frame.direction === 'sent');
    const index = said?.payload.toString().replace('I am ', '');
    expect(header(handshakeOf(connection)?.requestHeaders ?? [], 'sec-websocket-protocol')).toBe(
      `demo.v${Number(index) + 4}, demo.v1`,
    );
  }
  expect(connections).toHaveLength(6);
});
