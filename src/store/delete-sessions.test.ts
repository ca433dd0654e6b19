import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import type { Database } from './database';
import { type Devtools, Machine, Page } from './testing/harness';

const { put } = IDBObjectStore.prototype;

afterEach(() => {
  IDBObjectStore.prototype.put = put;
});

/** A session of one frame that is over, recorded by a DevTools that goes on. */
async function recorded(devtools: Devtools): Promise<string> {
  const { session } = await devtools.begin();
  await new Page(devtools, session).socket(1).text(1, 'one').send();
  await devtools.call('documentGone', { key: session, time: 0 });
  await devtools.begin();
  return session;
}

const rowsOf = async (database: Database, session: string) =>
  (await database.getAllKeys('payloads')).filter(([of]) => of === session).length;

test('what another DevTools shows keeps its payloads when it is deleted, and goes when that lets go of it', async () => {
  const machine = new Machine();
  let now = 1e12;
  const first = machine.start({ now: () => now });
  const session = await recorded(first);
  const second = machine.start();
  await second.call('openSession', { session });
  await first.call('deleteSessions', { sessions: [session] });
  await first.call('purge', { sessions: [session] });
  expect(await first.call('sessions', null)).toEqual([]);
  expect((await second.rows({ log: session })).map(({ data }) => data)).toEqual(['one']);
  const { bytes } = await second.call('payload', { log: session, frame: 0, from: 0, to: 9 });
  expect(new TextDecoder().decode(bytes)).toBe('one');
  expect(machine.notices).toEqual([expect.stringContaining('is open in another DevTools')]);
  const [database] = first.databases;
  expect(await rowsOf(database, session)).toBe(1);
  now += 61_000;
  await first.call('setBudget', { bytes: 1e9, sessions: 50 });
  expect(await rowsOf(database, session)).toBe(1);
  await second.call('closeSession', { session });
  await first.call('setBudget', { bytes: 1e9, sessions: 50 });
  expect(await rowsOf(database, session)).toBe(0);
});

test('what only the DevTools shows that deletes it goes at once', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  const session = await recorded(devtools);
  await devtools.call('openSession', { session });
  await devtools.call('deleteSessions', { sessions: [session] });
  await devtools.call('purge', { sessions: [session] });
  expect(await rowsOf(devtools.databases[0], session)).toBe(0);
  expect(machine.notices).toEqual([]);
});

test('when the disk is so full that nothing can be marked as deleted, it is removed at once, and recording goes to disk again', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  const session = await recorded(devtools);
  let full = true;
  const aborted = new WeakSet<IDBTransaction>();
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    const request = put.call(this, value, key);
    const { transaction } = this;
    if (full && !aborted.has(transaction)) queueMicrotask(() => transaction.abort());
    aborted.add(transaction);
    return request;
  };
  await new Page(devtools, 'b').socket(1).text(1, 'two').send();
  await devtools.onDisk();
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'memory' });
  const [database] = devtools.databases;
  await devtools.call('deleteSessions', { sessions: [session] });
  expect(await rowsOf(database, session)).toBe(0);
  expect((await devtools.call('sessions', null)).map(({ id }) => id)).not.toContain(session);
  expect(machine.notices.at(-1)).toContain('removed for good');
  full = false;
  await devtools.call('purge', { sessions: [session] });
  await devtools.onDisk();
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'disk', problem: null });
});
