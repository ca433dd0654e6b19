import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { DATABASE_NAME } from './database';
import { LIMITS } from './limits';
import { Machine, Page, START } from './testing/harness';

const { put } = IDBObjectStore.prototype;

afterEach(() => {
  IDBObjectStore.prototype.put = put;
});

/** From now on every transaction that writes columns is aborted, as one is for which there is no room. */
function fillDisk(): void {
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    const request = put.call(this, value, key);
    if (this.name === 'columns') queueMicrotask(() => this.transaction.abort());
    return request;
  };
}

test('connections whose transaction failed are written when there is room again', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  const { session } = await devtools.begin();
  const page = new Page(devtools, 'a');
  await page.connect();
  fillDisk();
  page.socket(1, 'wss://shop.example/feed').event(1, KIND.open, { protocol: 'v1', extensions: '' });
  await page.text(1, 'one').event(1, KIND.close, { code: 1000, reason: 'bye', wasClean: true }).send();
  await devtools.onDisk();
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'memory' });
  IDBObjectStore.prototype.put = put;
  await devtools.call('purge', { sessions: [] });
  await page.socket(2).text(2, 'two').send();
  await devtools.onDisk();
  machine.kill(devtools);
  const other = machine.start();
  await other.call('openSession', { session });
  const closed = { url: 'wss://shop.example/feed', protocol: 'v1', close: { code: 1000, reason: 'bye' } };
  expect(await other.call('connections', { log: session })).toMatchObject([closed, { url: 'wss://example.com/2' }]);
});

test('a name that could not be written is not taken back by the one on disk', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  const { session } = await devtools.call('begin', { site: '', time: START, persist: true });
  const page = new Page(devtools, 'a').socket(1);
  await page.text(1, 'one').send();
  await devtools.onDisk();
  fillDisk();
  // Where the recorder did not know the site, its first document names the session.
  await page.connect('https://example.com/');
  await page.text(1, 'two').send();
  await devtools.onDisk();
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'memory' });
  IDBObjectStore.prototype.put = put;
  await devtools.call('purge', { sessions: [] });
  await page.text(1, 'three').send();
  await devtools.onDisk();
  const listed = [{ id: session, name: 'example.com', frames: 3 }];
  expect(await devtools.call('sessions', null)).toMatchObject(listed);
  expect(await machine.start().call('sessions', null)).toMatchObject(listed);
});

test('when the database was deleted, all that memory holds is written to the next one, and the rows of the rest', async () => {
  const limits = { ...LIMITS, segmentBytes: 1000, segmentRows: 5, cacheBytes: 2000 };
  const machine = new Machine();
  const devtools = machine.start({ limits });
  const { session } = await devtools.begin();
  const page = new Page(devtools, 'a');
  await page.connect();
  page.socket(1);
  for (let i = 0; i < 40; i++) {
    page.builder.addNote({ type: 'stack', frame: i, stack: `at line ${i}` });
    await page.text(1, `${i} `.padEnd(200, 'x'), FLAG.sent).send();
  }
  await devtools.onDisk();
  const lost = new Promise((resolve) => {
    devtools.client.on('notice', ({ message }) => message.includes('are gone') && resolve(null));
  });
  await deleteDB(DATABASE_NAME);
  await lost;
  await devtools.call('purge', { sessions: [] });
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'disk', problem: null });
  await page.text(1, 'after').send();
  await devtools.onDisk();
  const before = await devtools.rows();
  const { dropped } = await devtools.call('counts', { log: 'live' });
  expect(dropped).toBeGreaterThan(10);
  expect(dropped).toBeLessThan(40);
  machine.kill(devtools);

  const other = machine.start();
  await other.call('openSession', { session });
  expect(await other.rows({ log: session })).toEqual(before);
  expect(await other.call('counts', { log: session })).toMatchObject({ frames: 41, connections: 1, dropped });
  const { stack } = await other.call('payload', { log: session, frame: 39, from: 0, to: 9 });
  expect(stack).toBe('at line 39');
  expect(machine.notices.filter((notice) => notice.includes('damaged'))).toEqual([]);
});

test('memory goes on dropping the oldest payloads when the disk was lost', async () => {
  const limits = { ...LIMITS, segmentBytes: 1000, cacheBytes: 4000, memoryBytes: 5000 };
  const machine = new Machine();
  const devtools = machine.start({ limits });
  await devtools.begin();
  const page = new Page(devtools, 'a');
  page.socket(1);
  for (let i = 0; i < 30; i++) await page.text(1, `${i} `.padEnd(200, 'x')).send();
  await devtools.onDisk();
  const lost = new Promise((resolve) => {
    devtools.client.on('notice', ({ message }) => message.includes('are gone') && resolve(null));
  });
  await deleteDB(DATABASE_NAME);
  await lost;
  for (let i = 30; i < 60; i++) await page.text(1, `${i} `.padEnd(200, 'x')).send();
  const rows = await devtools.rows();
  const kept = rows.filter(({ data }) => data.includes('xxx')).map(({ frame }) => frame);
  expect(kept.length).toBeLessThanOrEqual(25);
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => 60 - kept.length + i));
});
