import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { type Devtools, Machine, Page, START } from './testing/harness';

let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  devtools = new Machine().start();
  await devtools.begin();
  page = new Page(devtools, 'a');
  await page.connect();
});

test('what a page says becomes rows', async () => {
  page.socket(1, 'wss://example.com/chat', { protocols: ['chat'] });
  page.event(1, KIND.open, { protocol: 'chat', extensions: '' });
  page
    .text(1, 'hello', FLAG.sent)
    .binary(1, Uint8Array.of(1, 2, 255))
    .text(1, '{"type":"trade","price":7}');
  page.event(1, KIND.close, { code: 1000, reason: 'bye', wasClean: true, by: 'page' });
  await page.send();
  const rows = await devtools.rows();
  expect(rows.map(({ kind, direction, length }) => [kind, direction, length])).toEqual([
    ['open', 'received', expect.any(Number)],
    ['text', 'sent', 5],
    ['binary', 'received', 3],
    ['text', 'received', 26],
    ['close', 'received', expect.any(Number)],
  ]);
  expect(rows[0].data).toBe('Opened chat');
  expect(rows[1].data).toBe('hello');
  expect(rows[3].data).toBe('{"type":"trade","price":7}');
  expect(rows[4].data).toBe('Closed 1000 bye (by page)');
  expect(rows.map((row) => row.gap)).toEqual([null, 1, 1, 1, 1]);
  const [connection] = await devtools.call('connections', { log: 'live' });
  expect(connection).toMatchObject({
    id: 1,
    url: 'wss://example.com/chat',
    state: 'closed',
    protocol: 'chat',
    sentFrames: 1,
    sentBytes: 5,
    receivedFrames: 2,
    receivedBytes: 29,
    close: { code: 1000, reason: 'bye', wasClean: true, by: 'page' },
  });
  expect(await devtools.call('counts', { log: 'live' })).toEqual({
    log: 'live',
    frames: 5,
    connections: 1,
    bytes: 34,
    dropped: 0,
  });
});

test('a filter keeps the rows that pass, also of those that come later', async () => {
  await page.socket(1).text(1, 'apple').text(1, 'pear').send();
  expect(await devtools.settled({ query: 'app' })).toBe(1);
  const grown = new Promise<void>((resolve) => {
    devtools.client.on('view', ({ rows }) => rows === 2 && resolve());
  });
  await page.text(1, 'plum').text(1, 'pineAPPle').send();
  await grown;
  const rows = await devtools.call('rows', { view: 1, from: 0, count: 10 });
  expect(rows.map(({ data }) => data)).toEqual(['apple', 'pineAPPle']);
  expect(await devtools.call('place', { view: 1, frame: 2 })).toEqual({ row: 0, exact: false });
  expect(await devtools.call('place', { view: 1, frame: 3 })).toEqual({ row: 1, exact: true });
});

test('a view of some connections, sorted', async () => {
  await page.socket(1).socket(2).text(1, 'ccc').text(2, 'zzzz').text(1, 'a').text(1, 'bb', FLAG.sent).send();
  const sort = { column: 'length' as const, descending: false };
  const texts = async (descending: boolean) => {
    const rows = await devtools.rows({ connections: [1], sort: { ...sort, descending } });
    return rows.map(({ data }) => data);
  };
  expect(await texts(false)).toEqual(['a', 'bb', 'ccc']);
  expect(await texts(true)).toEqual(['ccc', 'bb', 'a']);
  expect(await devtools.call('place', { view: 1, frame: 0 })).toEqual({ row: 0, exact: true });
});

test('a payload that comes in parts, after its row', async () => {
  const large = new Uint8Array(2_500_000).map((_, i) => i % 251);
  page.socket(1);
  page.builder.addBare(START + 1, 1, KIND.binary, FLAG.deferred, large.length);
  page.builder.addBare(START + 2, 1, KIND.binary, FLAG.deferred, 3);
  await page.text(1, 'after').send();
  const ask = { log: 'live', frame: 0, from: 0, to: large.length };
  await expect(devtools.call('payload', ask)).rejects.toThrow('not there');
  for (let at = 0; at < large.length; at += 1 << 20) {
    const bytes = large.subarray(at, at + (1 << 20));
    page.builder.addNote(
      { type: 'part', frame: 0, at, bytes: bytes.length, last: at + bytes.length === large.length },
      bytes,
    );
    await page.send();
  }
  page.builder.addNote({ type: 'part', frame: 1, at: 0, bytes: 3, last: true }, Uint8Array.of(1, 2, 3));
  await page.send();
  const { bytes, total } = await devtools.call('payload', ask);
  expect(total).toBe(large.length);
  expect(Buffer.compare(new Uint8Array(bytes), large)).toBe(0);
  const cut = await devtools.call('payload', { ...ask, from: 1_048_570, to: 1_048_580 });
  expect([...new Uint8Array(cut.bytes)]).toEqual([...large.subarray(1_048_570, 1_048_580)]);
  const small = await devtools.call('payload', { ...ask, frame: 1 });
  expect([...new Uint8Array(small.bytes)]).toEqual([1, 2, 3]);
});

test('clear empties the log and keeps open connections', async () => {
  page.socket(1).socket(2).text(1, 'one').text(2, 'two');
  page.event(2, KIND.close, { code: 1000, reason: '', wasClean: true, by: 'server' });
  await page.send();
  await devtools.settled();
  await devtools.call('clear', { time: START + 1000, site: 'example.com' });
  expect(await devtools.call('counts', { log: 'live' })).toMatchObject({ frames: 0, connections: 1, bytes: 0 });
  await page.text(1, 'three').send();
  expect((await devtools.rows()).map(({ data }) => data)).toEqual(['three']);
  const [connection] = await devtools.call('connections', { log: 'live' });
  expect(connection).toMatchObject({ id: 1, url: 'wss://example.com/1', receivedFrames: 1 });
});

test('a document that is gone takes its open connections along', async () => {
  await page.socket(1).text(1, 'one').send();
  await devtools.call('documentGone', { key: 'a', time: START + 5 });
  const [connection] = await devtools.call('connections', { log: 'live' });
  expect(connection).toMatchObject({ state: 'closed', closedAt: START + 5, close: null });
});

test('what a page left that is already gone belongs to its connections', async () => {
  await page.socket(1, 'wss://example.com/chat').text(1, 'before').send();
  await devtools.call('documentGone', { key: 'a', time: START + 5 });
  await page.connect();
  page.text(1, 'left');
  page.event(1, KIND.close, { code: 1001, reason: '', wasClean: true, by: 'page' });
  await page.send();
  const connections = await devtools.call('connections', { log: 'live' });
  expect(connections).toHaveLength(1);
  expect(connections[0]).toMatchObject({ url: 'wss://example.com/chat', receivedFrames: 2, close: { code: 1001 } });
  expect((await devtools.rows()).map(({ data }) => data)).toEqual(['before', 'left', 'Closed 1001 (by page)']);
});

test('decodes a frame and walks its tree', async () => {
  await page.socket(1).text(1, '{"a":{"b":[1,2,3]}}').send();
  const decoded = await devtools.call('decode', { log: 'live', frame: 0, decoder: null });
  expect(decoded).toMatchObject({ decoder: 'json', tree: { size: 1 } });
  const ask = { log: 'live', frame: 0, decoder: null, from: 0, to: 10 };
  const [a] = await devtools.call('children', { ...ask, path: [] });
  expect(a).toMatchObject({ name: 'a', size: 1 });
  const list = await devtools.call('children', { ...ask, path: [0, 0] });
  expect(list.map(({ value }) => value)).toEqual(['1', '2', '3']);
});

test('a batch that is none is named, and the frames of it are missed', async () => {
  await page.socket(1).text(1, 'one').send();
  page.text(1, 'two').text(1, 'three');
  const torn = page.builder.take(2).slice(0, 60);
  await devtools.call('batch', { key: 'a', buffer: torn });
  await page.text(1, 'four').send();
  const rows = await devtools.rows();
  expect(rows.map(({ kind, data }) => [kind, data])).toEqual([
    ['text', 'one'],
    ['gap', '2 frames lost, there was no room'],
    ['text', 'four'],
  ]);
  expect(await devtools.call('counts', { log: 'live' })).toMatchObject({ dropped: 2 });
  expect(devtools.machine.notices[0]).toContain('batch');
});
