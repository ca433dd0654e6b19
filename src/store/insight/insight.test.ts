import 'fake-indexeddb/auto';
import { encode as msgpack } from '@msgpack/msgpack';
import { encode as cbor } from 'cbor2';
import { beforeEach, expect, test } from 'vitest';
import type { InsightProgress } from '../../core/insight/insight-calls';
import { FLAG } from '../../core/model/frame';
import { type Devtools, Machine, Page } from '../testing/harness';

let machine: Machine;
let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  machine = new Machine();
  devtools = machine.start();
  await devtools.begin();
  page = new Page(devtools, 'a');
  await page.connect();
});

/** Resolves when all of the log was read. */
function read(store: Devtools, log = 'live'): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = ({ scanned, total, stopped }: Omit<InsightProgress, 'log'>) => {
      if (stopped !== null) reject(new Error(stopped));
      if (scanned < total) return;
      off();
      resolve();
    };
    const off = store.client.on('insight', check);
    store.call('watchInsight', { log, on: true }).then(check, reject);
  });
}

const json = (value: unknown): string => JSON.stringify(value);
const call = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, method: 'sum', params: [id] });
const result = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, result: id });
const error = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, error: { code: -1, message: 'no' } });

/** Two calls that are answered, one with an error, and one that is not. */
async function converse(): Promise<void> {
  page.socket(1, 'wss://example.com/rpc');
  page.text(1, call(1), FLAG.sent).text(1, call(2), FLAG.sent).text(1, call(3), FLAG.sent);
  await page.text(1, result(1)).text(1, error(2)).send();
}

test('kinds are counted for each connection and for all, and are found by their filter', async () => {
  await converse();
  await page.socket(2).text(2, '{"type":"trade","n":1}').text(2, '{"type":"trade","n":2}').text(2, '').send();
  await read(devtools);
  const all = await devtools.call('kinds', { log: 'live', connection: null });
  expect(all.map(({ kind, direction, frames }) => [kind, direction, frames])).toEqual([
    ['sum', 'sent', 3],
    ['type:trade', 'received', 2],
    ['', 'received', 1],
    ['error sum', 'received', 1],
    ['result sum', 'received', 1],
  ]);
  for (const { filter, frames } of all) expect(await devtools.settled({ query: filter ?? '' })).toBe(frames);
  const own = await devtools.call('kinds', { log: 'live', connection: 2 });
  expect(own.map(({ kind, frames }) => [kind, frames])).toEqual([
    ['type:trade', 2],
    ['', 1],
  ]);
});

test('requests have their replies, errors and what is missing', async () => {
  await converse();
  await read(devtools);
  const { rows } = await devtools.call('pairs', { log: 'live', connection: null });
  expect(rows).toMatchObject([{ kind: 'sum', requests: 3, answered: 2, unanswered: 1, errors: 1, max: 3 }]);
  const shown = await devtools.rows();
  expect(shown.map(({ pair }) => pair)).toEqual([
    { role: 'request', other: 3, latency: 3 },
    { role: 'request', other: 4, latency: 3 },
    { role: 'request', other: null, latency: null },
    { role: 'reply', other: 0, latency: 3 },
    { role: 'reply', other: 1, latency: 3 },
  ]);
});

test('a filter by latency reads what it needs, and follows as replies come', async () => {
  await converse();
  const found = async (query: string) => (await devtools.rows({ query }, 7)).map(({ frame }) => frame);
  expect(await found('latency:>=3')).toEqual([0, 1, 3, 4]);
  expect(await found('latency:>3')).toEqual([]);
  expect(await found('is:unanswered')).toEqual([2]);
  expect(await found('pair:"sent 2"')).toEqual([1, 4]);
  expect(await devtools.settled({ query: 'is:unanswered' }, 8)).toBe(1);
  const answered = new Promise<void>((resolve) => {
    devtools.client.on('view', ({ view, rows }) => view === 8 && rows === 0 && resolve());
  });
  await page.text(1, result(3)).send();
  await answered;
});

test('messages are paired by a field that the user names, and the name is remembered', async () => {
  page.socket(1, 'wss://example.com/own?token=1');
  page.text(1, '{"rid":"a","get":"x"}', FLAG.sent).text(1, '{"rid":"a","value":5}');
  await page.text(1, '{"rid":"b","get":"y"}', FLAG.sent).send();
  await read(devtools);
  expect((await devtools.call('pairs', { log: 'live', connection: null })).rows).toEqual([]);
  await expect(devtools.call('setPairField', { log: 'live', connection: 1, path: 'rid' })).rejects.toThrow(
    'is not a JSON path',
  );
  await devtools.call('setPairField', { log: 'live', connection: 1, path: '$.rid' });
  await read(devtools);
  expect((await devtools.call('pairs', { log: 'live', connection: 1 })).rows).toMatchObject([
    { requests: 2, answered: 1, unanswered: 1 },
  ]);
  await devtools.onDisk();
  machine.kill(devtools);
  const next = machine.start();
  const [session] = await next.call('sessions', null);
  await next.call('openSession', { session: session.id });
  await read(next, session.id);
  expect(await next.call('pairField', { log: session.id, connection: 1 })).toBe('$.rid');
  expect((await next.call('pairs', { log: session.id, connection: 1 })).rows).toMatchObject([{ answered: 1 }]);
});

test('the field that one DevTools names for a URL leaves those alone that another one names', async () => {
  const second = machine.start();
  await second.begin();
  await new Page(second, 'b').socket(1, 'wss://example.com/second').send();
  await page.socket(1, 'wss://example.com/first').socket(2, 'wss://example.com/gone').send();
  for (const connection of [1, 2]) await devtools.call('setPairField', { log: 'live', connection, path: '$.a' });
  await second.call('setPairField', { log: 'live', connection: 1, path: '$.b' });
  await devtools.call('setPairField', { log: 'live', connection: 2, path: '' });
  const [database] = devtools.databases;
  const saved = { 'wss://example.com/first': '$.a', 'wss://example.com/second': '$.b' };
  expect(await database.get('settings', 'pairFields')).toEqual(saved);
});

test('what comes while it is watched is read too, and a clear begins anew', async () => {
  await converse();
  await read(devtools);
  const more = new Promise<void>((resolve) => {
    devtools.client.on('insight', ({ scanned }) => scanned === 6 && resolve());
  });
  await page.text(1, result(3)).send();
  await more;
  expect((await devtools.call('pairs', { log: 'live', connection: null })).rows).toMatchObject([{ unanswered: 0 }]);
  await devtools.call('clear', { time: 0, site: 'example.com' });
  await read(devtools);
  expect(await devtools.call('kinds', { log: 'live', connection: null })).toEqual([]);
});

test.each([
  ['MessagePack', [msgpack]],
  ['CBOR', [cbor]],
  ['JSON and MessagePack', [json, msgpack]],
  ['JSON and CBOR', [json, cbor]],
  ['MessagePack and CBOR', [msgpack, cbor]],
  ['CBOR and MessagePack', [cbor, msgpack]],
  ['all three', [cbor, json, msgpack]],
])('%s in one connection have the kinds of plain JSON', async (_name, encodings) => {
  page.socket(1);
  const types = ['trade', 'quote', 'book'];
  for (let n = 0; n < 30; n++) {
    for (const encode of encodings) {
      const message = encode({ type: types[n % 3], n, price: 1.5 });
      if (typeof message === 'string') page.text(1, message);
      else page.binary(1, message);
    }
  }
  await page.send();
  await read(devtools);
  const kinds = await devtools.call('kinds', { log: 'live', connection: 1 });
  expect(kinds.map(({ kind, frames }) => [kind, frames]).sort()).toEqual([
    ['type:book', 10 * encodings.length],
    ['type:quote', 10 * encodings.length],
    ['type:trade', 10 * encodings.length],
  ]);
  expect(await devtools.settled({ query: kinds[0].filter ?? '' })).toBe(kinds[0].frames);
});
