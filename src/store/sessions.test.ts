import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { DATABASE_NAME, openDatabase } from './database';
import { type Devtools, Machine, Page, START } from './testing/harness';

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

/** The rows of an earlier session, as another DevTools sees them. */
async function reopened(other: Devtools, session: string) {
  await other.call('openSession', { session });
  return other.rows({ log: session }, 9);
}

test('a session that was killed is there at the next start, whole', async () => {
  const { session } = await devtools.begin();
  const large = new Uint8Array(1_500_000).fill(7);
  page
    .socket(1, 'wss://example.com/chat')
    .text(1, 'one', FLAG.sent)
    .binary(1, Uint8Array.of(1, 2, 3));
  page.builder.addBare(START + 3, 1, KIND.binary, FLAG.deferred, large.length);
  page.builder.addBare(START + 4, 1, KIND.binary, FLAG.deferred, 4);
  await page.text(1, 'two').send();
  await devtools.onDisk();
  page.builder.addNote({ type: 'part', frame: 2, at: 0, bytes: 1 << 20, last: false }, large.subarray(0, 1 << 20));
  page.builder.addNote(
    { type: 'part', frame: 2, at: 1 << 20, bytes: large.length - (1 << 20), last: true },
    large.subarray(1 << 20),
  );
  page.builder.addNote({ type: 'part', frame: 3, at: 0, bytes: 4, last: true }, Uint8Array.of(9, 8, 7, 6));
  await page.text(1, 'three').send();
  await devtools.call('mark', { log: 'live', frames: [1], marked: true, note: 'look' });
  await devtools.onDisk();
  const before = await devtools.rows();
  machine.kill(devtools);

  const other = machine.start();
  const [info] = await other.call('sessions', null);
  expect(info).toMatchObject({ id: session, site: 'example.com', frames: 6, connections: 1, live: false });
  expect(await reopened(other, session)).toEqual(before);
  const payload = await other.call('payload', { log: session, frame: 2, from: 0, to: 9e9 });
  expect(Buffer.compare(new Uint8Array(payload.bytes), large)).toBe(0);
  const small = await other.call('payload', { log: session, frame: 3, from: 0, to: 9 });
  expect([...new Uint8Array(small.bytes)]).toEqual([9, 8, 7, 6]);
  expect(await other.call('counts', { log: session })).toMatchObject({ frames: 6, connections: 1, dropped: 0 });
  const [connection] = await other.call('connections', { log: session });
  expect(connection).toMatchObject({ url: 'wss://example.com/chat', state: 'closed', sentFrames: 1 });
  expect(machine.notices).toEqual([]);
});

test('what two DevTools record at once is kept apart', async () => {
  const second = machine.start();
  await second.begin();
  const other = new Page(second, 'a');
  await page.socket(1).text(1, 'mine').send();
  await other.socket(1).text(1, 'yours').send();
  await devtools.onDisk();
  await second.onDisk();
  const sessions = await devtools.call('sessions', null);
  expect(sessions.map(({ live, frames }) => [live, frames])).toEqual([
    [true, 1],
    [true, 1],
  ]);
  expect((await devtools.rows()).map(({ data }) => data)).toEqual(['mine']);
  expect((await second.rows()).map(({ data }) => data)).toEqual(['yours']);
  const ids = sessions.map(({ id }) => id);
  await expect(devtools.call('deleteSessions', { sessions: ids })).rejects.toThrow('being recorded');
});

test('what one DevTools does to the list of sessions, another one hears of', async () => {
  const { session } = await devtools.begin();
  await page.socket(1).text(1, 'one').event(1, KIND.close, { code: 1000 }).send();
  await devtools.begin();
  const second = machine.start();
  await second.call('sessions', null);
  const told = new Promise((resolve) => second.client.on('sessions', resolve));
  await devtools.call('renameSession', { session, name: 'Better' });
  expect(await told).toMatchObject([{ id: session, name: 'Better' }]);
});

test('a session that another DevTools records keeps the name and the pin it is given here', async () => {
  const { session } = await devtools.begin();
  await page.socket(1).text(1, 'one').send();
  await devtools.onDisk();
  const second = machine.start();
  await second.call('sessions', null);
  await second.call('renameSession', { session, name: 'The bug' });
  await second.call('pinSession', { session, pinned: true });
  const given = [{ id: session, name: 'The bug', pinned: true, frames: 2 }];
  await page.text(1, 'two').send();
  await devtools.onDisk();
  expect(await devtools.call('sessions', null)).toMatchObject(given);
  expect(await second.call('sessions', null)).toMatchObject(given);
  // What is given by the one that records it counts as well.
  await devtools.call('renameSession', { session, name: 'Better' });
  await page.text(1, 'three').send();
  await devtools.onDisk();
  expect(await second.call('sessions', null)).toMatchObject([{ name: 'Better', pinned: true, frames: 3 }]);
});

test('a name that another DevTools gave is known at once, and stays when the log is cleared', async () => {
  const { session } = await devtools.begin();
  await page.socket(1).text(1, 'one').send();
  await devtools.onDisk();
  const second = machine.start();
  await second.call('renameSession', { session, name: 'The bug' });
  expect(await devtools.call('sessions', null)).toMatchObject([{ name: 'The bug' }]);
  await devtools.call('clear', { time: START, site: 'example.com' });
  await page.text(1, 'after').send();
  await devtools.onDisk();
  expect(await second.call('sessions', null)).toMatchObject([{ id: session, name: 'The bug' }]);
});

test('begin ends the session before it, and an empty one leaves nothing', async () => {
  await devtools.begin();
  await page.connect();
  await page.socket(1).text(1, 'one').send();
  await devtools.begin();
  const sessions = await devtools.call('sessions', null);
  // The socket is still open: it is part of the new session too.
  expect(sessions.map(({ frames, live }) => [frames, live]).sort()).toEqual([
    [0, true],
    [1, false],
  ]);
});

test('clear takes what it clears from the disk', async () => {
  await page.socket(1).text(1, 'x'.repeat(100_000)).send();
  await devtools.onDisk();
  await devtools.call('clear', { time: START, site: 'example.com' });
  const database = await openDatabase(() => undefined);
  for (const name of ['columns', 'payloads', 'parts', 'marks'] as const) expect(await database.count(name)).toBe(0);
  await page.text(1, 'after').send();
  await devtools.onDisk();
  const [{ id }] = await devtools.call('sessions', null);
  machine.kill(devtools);
  const other = machine.start();
  expect((await reopened(other, id)).map(({ data }) => data)).toEqual(['after']);
  database.close();
});

test('renamed, pinned, deleted, taken back, and gone', async () => {
  const { session } = await devtools.begin();
  await page.socket(1).text(1, 'one').send();
  await page.event(1, KIND.close, { code: 1000 }).send();
  await devtools.begin();
  await devtools.call('renameSession', { session, name: 'The bug' });
  await devtools.call('pinSession', { session, pinned: true });
  expect(await devtools.call('sessions', null)).toMatchObject([{ name: 'The bug', pinned: true }]);
  await devtools.call('deleteSessions', { sessions: [session] });
  expect(await devtools.call('sessions', null)).toEqual([]);
  await devtools.call('undeleteSessions', { sessions: [session] });
  expect(await devtools.call('sessions', null)).toHaveLength(1);
  await devtools.call('deleteSessions', { sessions: [session] });
  await devtools.call('purge', { sessions: [session] });
  const database = await openDatabase(() => undefined);
  for (const name of ['sessions', 'columns', 'payloads', 'connections', 'documents'] as const) {
    expect(await database.count(name)).toBe(0);
  }
  database.close();
  await expect(devtools.call('openSession', { session })).rejects.toThrow('not there');
});

test('what is purged goes alone: another deleted session can still be taken back, and one that was taken back stays', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { session } = await devtools.call('begin', { site: `site${i}`, time: START + i, persist: true });
    ids.push(session);
    await page.socket(i).text(i, 'one').event(i, KIND.close, { code: 1000 }).send();
  }
  await devtools.begin();
  for (const id of ids) await devtools.call('deleteSessions', { sessions: [id] });
  await devtools.call('undeleteSessions', { sessions: [ids[2]] });
  await devtools.call('purge', { sessions: [ids[0], ids[2]] });
  await devtools.call('undeleteSessions', { sessions: [ids[1]] });
  expect((await devtools.call('sessions', null)).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  await expect(devtools.call('undeleteSessions', { sessions: [ids[0]] })).rejects.toThrow('no such session');
});

test('the oldest sessions go when there are too many, pinned ones stay, and it is said', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    const { session } = await devtools.call('begin', { site: `site${i}`, time: START + i, persist: true });
    ids.push(session);
    await page.socket(i).text(i, 'one').event(i, KIND.close, { code: 1000 }).send();
  }
  await devtools.call('begin', { site: 'last', time: START + 9, persist: true });
  await devtools.call('pinSession', { session: ids[0], pinned: true });
  await devtools.call('setBudget', { bytes: 1e9, sessions: 1 });
  const left = await devtools.call('sessions', null);
  expect(left.map(({ id }) => id)).toEqual([ids[3], ids[0]]);
  expect(machine.notices.at(-1)).toMatch(/^Removed the 2 oldest sessions/);
});

test('a torn record is set aside, counted and said, and all other frames keep their numbers', async () => {
  const { session } = await devtools.begin();
  page.socket(1);
  for (let i = 0; i < 3; i++) {
    await page.text(1, `kept ${i}`).send();
    await devtools.onDisk();
  }
  machine.kill(devtools);
  const raw = await openDB(DATABASE_NAME);
  const keys = await raw.getAllKeys('columns');
  await raw.put('columns', new ArrayBuffer(10), keys[1]);
  raw.close();
  const other = machine.start();
  const rows = await reopened(other, session);
  expect(rows.map(({ frame, kind, data }) => [frame, kind, data])).toEqual([
    [0, 'text', 'kept 0'],
    [1, 'gap', 'some frames lost, there was no room'],
    [2, 'text', 'kept 2'],
  ]);
  expect(await other.call('counts', { log: session })).toMatchObject({ dropped: 1 });
  expect(machine.notices.join()).toContain('1 damaged records');
});

test('a payload record that is missing costs its payloads and nothing else', async () => {
  const { session } = await devtools.begin();
  await page.socket(1).text(1, 'one').send();
  await devtools.onDisk();
  await page.text(1, 'two').send();
  await devtools.onDisk();
  machine.kill(devtools);
  const raw = await openDB(DATABASE_NAME);
  await raw.delete('payloads', (await raw.getAllKeys('payloads'))[1]);
  raw.close();
  const other = machine.start();
  const rows = await reopened(other, session);
  expect(rows.map(({ data, length }) => [data, length])).toEqual([
    ['one', 3],
    ['(payload dropped)', 3],
  ]);
});

test('when the database cannot be opened, recording goes on in memory and says so', async () => {
  const poor = machine.start({ openDatabase: () => Promise.reject(new DOMException('no', 'SecurityError')) });
  const storage = new Promise((resolve) => poor.client.on('storage', resolve));
  await poor.begin();
  expect(await storage).toMatchObject({ where: 'memory' });
  const other = new Page(poor, 'a');
  await other.socket(1).text(1, 'one').send();
  expect((await poor.rows()).map(({ data }) => data)).toEqual(['one']);
  expect(await poor.call('storage', null)).toMatchObject({
    where: 'memory',
    problem: expect.stringContaining('SecurityError'),
  });
});

test('a database that is deleted beneath: recording goes on in memory and says so', async () => {
  await page.socket(1).text(1, 'one').send();
  await devtools.onDisk();
  await deleteDB(DATABASE_NAME);
  await page.text(1, 'two').send();
  await devtools.call('flush', null);
  expect((await devtools.rows()).map(({ data }) => data)).toEqual(['one', 'two']);
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'memory', problem: expect.any(String) });
  expect(machine.notices[0]).toContain('in memory only');
});

test('nothing is written while the user wants nothing written', async () => {
  await devtools.begin(false);
  await page.socket(1).text(1, 'secret').send();
  await devtools.onDisk();
  const database = await openDatabase(() => undefined);
  expect(await database.count('sessions')).toBe(0);
  expect(await database.count('payloads')).toBe(0);
  await devtools.call('setPersist', { persist: true });
  await devtools.onDisk();
  expect(await database.count('sessions')).toBe(1);
  expect(await database.count('payloads')).toBe(1);
  database.close();
});
