import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
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
