import { describe, expect, it } from 'vitest';
import { har } from './har';
import { ndjson } from './ndjson';
import { formatFor } from './registry';
import { plainConnection } from './testing/plain-connection';
import { inPieces, readAll, textOf } from './testing/sessions';
import { type FileFormat, FormatError } from './types';

/** What the reader says of a file that it refuses. */
async function refusal(format: FileFormat, file: string | Uint8Array): Promise<string> {
  const chunks = typeof file === 'string' ? textOf(file) : inPieces(file);
  try {
    await readAll(format, chunks);
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
  return 'accepted';
}

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);

const entry = (messages: unknown, more = {}) => ({
  startedDateTime: '2026-11-21T00:45:11.311Z',
  request: { url: 'wss://a.test/', headers: [] },
  response: { status: 101 },
  _webSocketMessages: messages,
  ...more,
});
const harOf = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });
const message = { type: 'receive', time: 1795221911.3, opcode: 1, data: 'x' };
const http = { request: { url: 'https://a.test/' }, response: { content: { text: '{"log":[}' } } };

describe('readHar refuses', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'The file is empty'],
    ['a picture', PNG, 'This is not a HAR file: it does not begin with { (byte 0)'],
    ['a list', '[1]', 'This is not a HAR file: it does not begin with { (byte 0)'],
    ['other JSON', '{"a": [1, {"b": "}"}]}', 'This is JSON, but not a HAR file: it has no `log`'],
    ['a log that is a string', '{"log": "x"}', '`log` is not an object (byte 8)'],
    ['a log without entries', '{"log": {"version": "1.2"}}', 'This is not a HAR file: it has no `entries` (log)'],
    ['entries that are no list', '{"log": {"entries": {}}}', '`log.entries` is not an array (byte 20)'],
    ['no socket', harOf(http, http), 'This HAR file holds 2 requests, but no WebSocket (log.entries)'],
    [
      'a message that is null',
      harOf(entry([null])),
      'A message must be an object (log.entries[0]._webSocketMessages[0])',
    ],
    [
      'a time without end',
      JSON.stringify({ log: { version: '1.2', entries: [entry(['TIME'])] } }).replace(
        '"TIME"',
        '{"type":"receive","time":1e999,"opcode":1,"data":"x"}',
      ),
      '`time` must be a number of seconds (log.entries[0]._webSocketMessages[0].time)',
    ],
    [
      'a time in words',
      harOf(http, http, http, entry([{ ...message, time: 'now' }])),
      '`time` must be a number of seconds (log.entries[3]._webSocketMessages[0].time)',
    ],
    [
      'an unknown type',
      harOf(entry([message, { ...message, type: 'ping' }])),
      '`type` must be "send", "receive" or "error" (log.entries[0]._webSocketMessages[1].type)',
    ],
    [
      'a missing opcode',
      harOf(entry([{ ...message, opcode: undefined }])),
      '`opcode` must be a number (log.entries[0]._webSocketMessages[0].opcode)',
    ],
    [
      'binary that is no base64',
      harOf(entry([{ ...message, opcode: 2, data: 'ä' }])),
      'The data of a binary message must be base64 (log.entries[0]._webSocketMessages[0].data)',
    ],
    [
      'a socket without URL',
      harOf(entry([message], { request: {} })),
      '"url" is expected, undefined found (log.entries[0].request.url)',
    ],
    [
      'a broken connection of ours',
      harOf({ _framescopeConnection: { ...plainConnection, state: 'ajar' }, _webSocketMessages: [] }),
      '("connecting" | "open" | "closing" | "closed") is expected, "ajar" found (log.entries[0]._framescopeConnection.state)',
    ],
    [
      'a file cut in a message',
      harOf(entry([message])).slice(0, -20),
      `The file ends early (byte ${harOf(entry([message])).length - 20})`,
    ],
    [
      'a file cut between entries',
      `${harOf(entry([message])).slice(0, -3)},`,
      `The file ends early (byte ${harOf(entry([message])).length - 2})`,
    ],
    [
      'text after the end',
      `${harOf(entry([message]))}}`,
      `Something follows the end (byte ${harOf(entry([message])).length})`,
    ],
    ['a missing comma', '{"log": {"version": "1.2" "entries": []}}', 'A comma is expected (byte 26)'],
    [
      'bytes that are not UTF-8',
      Uint8Array.from([...new TextEncoder().encode('{"log": {"pages": ["'), 0xff, ...new TextEncoder().encode('"]}}')]),
      'The text is not valid UTF-8 (log.pages)',
    ],
  ])('%s', async (_, file, words) => {
    expect(await refusal(har, file)).toBe(words);
  });

  it('no cut of a file, and says nothing but that it ends early', async () => {
    const file = harOf(http, entry([message, message]));
    for (let length = 1; length < file.length; length++) {
      expect(await refusal(har, file.slice(0, length))).toContain('The file ends early');
    }
    expect(await refusal(har, file)).toBe('accepted');
  });
});

const header = '{"type":"header","format":"framescope","version":1,"session":{}}\n';
const connection = `${JSON.stringify({ type: 'connection', ...plainConnection })}\n`;
const frame = { type: 'frame', time: 1, connection: 1, direction: 'received', kind: 'text', length: 1, text: 'x' };
const lines = (...records: object[]) => header + connection + records.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('readNdjson refuses', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'The file is empty'],
    ['empty lines', '\n\r\n\n', 'The file holds nothing but empty lines'],
    ['a picture', PNG, 'The text is not valid UTF-8 (line 1)'],
    ['other NDJSON', '{"a":1}\n', 'This is not a Framescope NDJSON file: its header line is missing (line 1)'],
    ['a list', '[1]\n', 'Every line must be an object (line 1)'],
    [
      'a later version',
      header.replace('1', '2'),
      'The file has version 2 of the format; this Framescope reads version 1 (line 1)',
    ],
    ['half a line', `${lines(frame)}{"type":`, 'This is not valid JSON (line 4)'],
    ['a missing end', lines(frame, frame), 'The file ends early: its end line is missing (after line 4)'],
    ['lines after the end', lines({ type: 'end' }, frame), 'Something follows the end line (line 4)'],
    ['an unknown line', lines({ type: 'frmae' }), '`type` must be frame, connection, document or end (line 3)'],
    ['an unknown connection', lines({ ...frame, connection: 7 }), 'No line before describes connection 7 (line 3)'],
    ['a connection twice', `${lines()}${connection}`, 'Connection 1 is described twice (line 3)'],
    [
      'a kind of tomorrow',
      lines({ ...frame, kind: 'x' }),
      '`kind` must be one of text, binary, open, close, error, gap (line 3, kind)',
    ],
    ['a wrong length', lines({ ...frame, length: 5 }), '`length` is 5, but the payload has 1 bytes (line 3, length)'],
    [
      'a time without end',
      lines(frame).replace(/"time":[^,]*/, '"time":1e999'),
      '`time` must be a number (line 3, time)',
    ],
    [
      'a connection beyond 32 bits',
      `${lines()}${connection.replace('"id":1', '"id":4294967297')}`,
      '<=4294967295 is expected, 4294967297 found (line 3.id)',
    ],
    ['no payload', lines({ ...frame, text: undefined }), 'A frame needs `text` or `base64` (line 3, text)'],
    ['two payloads', lines({ ...frame, base64: '' }), 'A frame has `text` or `base64`, not both (line 3, base64)'],
    ['broken base64', lines({ ...frame, text: undefined, base64: '=' }), '`base64` is not base64 (line 3, base64)'],
  ])('%s', async (_, file, words) => {
    expect(await refusal(ndjson, file)).toBe(words);
  });

  it('nothing that a later version may add: unknown members', async () => {
    const file = lines({ ...frame, colour: 'red', flags: ['tomorrow'] }, { type: 'end', checksum: 1 });
    const { frames } = await readAll(ndjson, textOf(file.replace('"session":{}', '"session":{"mood":"good"},"x":1')));
    expect(frames).toHaveLength(1);
    expect(frames[0].flags).toBe(0);
  });

  it('nothing that editors do: a byte order mark, CR LF, empty lines', async () => {
    const file = `\ufeff${lines(frame, { type: 'end' }).replaceAll('\n', '\r\n\r\n')}`;
    expect((await readAll(ndjson, textOf(file))).frames).toHaveLength(1);
  });
});

describe('formatFor', () => {
  const head = (text: string) => new TextEncoder().encode(text);

  it('goes by the beginning, then by the name', () => {
    expect(formatFor(head('{"log":{'), 'x.json').id).toBe('har');
    expect(formatFor(head(header), 'x.txt').id).toBe('ndjson');
    expect(formatFor(head('{"a":1'), 'X.HAR').id).toBe('har');
  });

  it('names what a foreign file is', () => {
    expect(() => formatFor(PNG, 'a.har')).toThrow('This is a PNG image, not one of HAR, NDJSON (a.har)');
    expect(() => formatFor(new Uint8Array(0), 'a.har')).toThrow('The file is empty (a.har)');
    expect(() => formatFor(head('hello'), 'a.txt')).toThrow(
      'none of the formats that can be read: HAR, NDJSON (a.txt)',
    );
  });
});

describe.each([har, ndjson])('$label', (format) => {
  it('tells the source of the file that it has stopped', async () => {
    let stopped = false;
    const chunks = (async function* () {
      try {
        for (;;) yield PNG;
      } finally {
        stopped = true;
      }
    })();
    await expect(readAll(format, chunks)).rejects.toThrow(FormatError);
    expect(stopped).toBe(true);
  });
});
