import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { openDatabase, type SessionRecord } from './database';
import { Machine, Page, START } from './testing/harness';

/** A record of a session in which nothing was recorded, as earlier versions wrote it. */
function nothing(id: string, state: SessionRecord['state'], importedFrom: string | null = null): SessionRecord {
  const times = { startedAt: START, endedAt: START };
  const counts = { connections: 0, frames: 0, bytes: 0, dropped: 0 };
  return {
    id,
    name: id,
    site: id,
    ...times,
    ...counts,
    importedFrom,
    live: true,
    pinned: false,
    state,
    deletedAt: null,
  };
}

test('sessions in which nothing was recorded go at the next start; a file without frames stays', async () => {
  const machine = new Machine();
  const database = await openDatabase(() => undefined);
  for (let i = 0; i < 60; i++) await database.put('sessions', nothing(`live ${i}`, 'live'), `live ${i}`);
  await database.put('sessions', nothing('ended', 'ended'), 'ended');
  await database.put('sessions', nothing('file', 'ended', 'empty.har'), 'file');
  const real = { ...nothing('real', 'ended'), frames: 3, connections: 1, startedAt: START - 1e9 };
  await database.put('sessions', real, 'real');
  const devtools = machine.start();
  expect((await devtools.call('sessions', null)).map(({ id }) => id)).toEqual(['file', 'real']);
  expect(await database.getAllKeys('sessions')).toEqual(['file', 'real']);
  expect(machine.notices).toEqual([]);
  database.close();
});

test('a session in which another DevTools has recorded nothing yet is not listed', async () => {
  const machine = new Machine();
  const other = machine.start();
  const { session } = await other.begin();
  const devtools = machine.start();
  await devtools.call('sessions', null);
  const [database] = devtools.databases;
  await database.put('sessions', nothing(session, 'live'), session);
  expect(await devtools.call('sessions', null)).toEqual([]);
  await new Page(other, 'a').socket(1).send();
  await other.onDisk();
  expect((await devtools.call('sessions', null)).map(({ id }) => id)).toEqual([session]);
});

test('a session whose DevTools was closed while another stays open has ended when it is opened there', async () => {
  const machine = new Machine();
  const first = machine.start();
  const second = machine.start();
  const { session } = await first.begin();
  await second.begin();
  await second.call('sessions', null);
  const page = new Page(first, 'a').socket(1);
  page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, 4);
  await page.text(1, 'one').send();
  await first.onDisk();
  machine.kill(first);
  expect(await second.call('openSession', { session })).toMatchObject({ live: false, frames: 2 });
  expect(await second.call('connections', { log: session })).toMatchObject([{ state: 'closed' }]);
  expect((await second.rows({ log: session })).map(({ data }) => data)).toEqual(['(payload dropped)', 'one']);
  expect(await second.call('counts', { log: session })).toMatchObject({ dropped: 1 });
});

test('a session whose DevTools was closed while another stays open is within the budget of that', async () => {
  const machine = new Machine();
  const first = machine.start();
  const second = machine.start();
  const { session } = await first.begin();
  await second.begin();
  await new Page(first, 'a').socket(1).text(1, 'one').send();
  await first.onDisk();
  await second.call('setBudget', { bytes: 1e9, sessions: 0 });
  expect(await second.call('sessions', null)).toMatchObject([{ id: session, live: true }]);
  machine.kill(first);
  await second.call('setBudget', { bytes: 1e9, sessions: 0 });
  expect(await second.call('sessions', null)).toEqual([]);
});

test('a browser killed amid a clear leaves the session whole or gone, and nothing is said to be damaged', async () => {
  for (let turns = 0; turns < 40; turns++) {
    const machine = new Machine();
    const devtools = machine.start();
    const { session } = await devtools.begin();
    const page = new Page(devtools, 'a');
    for (const text of ['one', 'two']) {
      await page.socket(1).text(1, text).send();
      await devtools.onDisk();
    }
    void devtools.call('clear', { time: START, site: 'example.com' });
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    machine.kill(devtools);
    const other = machine.start();
    const listed = await other.call('sessions', null);
    expect(machine.notices).toEqual([]);
    for (const store of ['columns', 'payloads'] as const) {
      const keys = await other.databases[0].getAllKeys(store);
      expect(keys.length > 0).toBe(listed.some(({ id, frames }) => id === session && frames > 0));
    }
  }
});
