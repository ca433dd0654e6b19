import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { overBudget } from './budget';
import type { SessionRecord } from './database';
import { type Devtools, Machine, Page, START } from './testing/harness';

const BUDGET = { bytes: 1e9, sessions: 50 };

/** A record as it lies on disk, of a version that did not write `keptSince`. */
function earlier(id: string, startedAt: number): SessionRecord {
  const times = { startedAt, endedAt: startedAt };
  const counts = { connections: 1, frames: 1, bytes: 10, dropped: 0 };
  const state = { importedFrom: null, live: false, pinned: false, state: 'ended' as const, deletedAt: null };
  return { id, name: id, site: 'example.com', ...times, ...counts, ...state };
}

/** Puts that many sessions of an hour ago on disk, the first of them the oldest. */
async function fill(devtools: Devtools, sessions: number): Promise<void> {
  await devtools.call('sessions', null);
  const [database] = devtools.databases;
  for (let i = 0; i < sessions; i++) await database.put('sessions', earlier(`s${i}`, START - 3_600_000 + i), `s${i}`);
}

/** A file of a message that was recorded long before everything else. */
function oldFile(): Blob {
  const time = START - 1e10;
  const handshake = { request: { url: 'wss://a.b/c', headers: [] }, response: { status: 101, headers: [] } };
  const messages = [{ type: 'send', time: time / 1000, opcode: 1, data: 'hello' }];
  const startedDateTime = new Date(time).toISOString();
  const entry = { _resourceType: 'websocket', startedDateTime, ...handshake, _webSocketMessages: messages };
  return new Blob([JSON.stringify({ log: { version: '1.2', entries: [entry] } })]);
}

const ids = (list: { id: string }[]) => list.map(({ id }) => id);

test('a file that is imported stays, however old its messages: the session kept longest goes', async () => {
  const devtools = new Machine().start();
  await devtools.begin();
  await fill(devtools, 50);
  const { id, startedAt } = await devtools.call('import', { job: 1, file: oldFile(), name: 'bug.har' });
  expect(startedAt).toBe(START - 1e10);
  const listed = ids(await devtools.call('sessions', null));
  expect(listed).toContain(id);
  expect(listed).not.toContain('s0');
  expect(listed).toHaveLength(50);
  expect(await devtools.call('openSession', { session: id })).toMatchObject({ id, frames: 1 });
  await devtools.call('closeSession', { session: id });
  await devtools.call('setBudget', { bytes: 1e9, sessions: 1 });
  expect(ids(await devtools.call('sessions', null))).toEqual([id]);
});

test('a file larger than the whole budget can be looked at', async () => {
  const devtools = new Machine().start();
  await devtools.begin();
  await devtools.call('setBudget', { bytes: 1, sessions: 50 });
  const { id } = await devtools.call('import', { job: 1, file: oldFile(), name: 'bug.har' });
  expect(await devtools.call('openSession', { session: id })).toMatchObject({ id, frames: 1 });
});

test('a session that another DevTools shows stays until that lets go of it', async () => {
  const machine = new Machine();
  const first = machine.start();
  const { session } = await first.begin();
  await new Page(first, 'a').socket(1).text(1, 'one').send();
  await first.begin();
  const second = machine.start();
  await second.call('openSession', { session });
  await first.call('setBudget', { bytes: 1e9, sessions: 0 });
  expect(ids(await first.call('sessions', null))).toContain(session);
  expect((await second.rows({ log: session })).map(({ data }) => data)).toEqual(['one']);
  await second.call('closeSession', { session });
  await first.call('setBudget', { bytes: 1e9, sessions: 0 });
  expect(ids(await first.call('sessions', null))).not.toContain(session);
});

test('a session that is not there is not held either', async () => {
  const devtools = new Machine().start();
  await devtools.begin();
  await expect(devtools.call('openSession', { session: 'gone' })).rejects.toThrow('not there');
  const { held = [] } = await devtools.locks.query();
  expect(held.filter(({ name }) => name?.includes('gone'))).toEqual([]);
});

test('records of earlier versions are kept since their session began', () => {
  const imported = { ...earlier('imported', START - 1e10), keptSince: START + 1 };
  const over = overBudget([imported, earlier('b', START), earlier('a', START - 1)], { ...BUDGET, sessions: 1 });
  expect(ids(over)).toEqual(['a', 'b']);
});

test('a session of many small frames takes what its columns take', () => {
  const many = { ...earlier('many', START), frames: 10_000_000 };
  expect(ids(overBudget([many], { bytes: 100e6, sessions: 50 }))).toEqual(['many']);
  expect(ids(overBudget([many], { bytes: 200e6, sessions: 50 }))).toEqual([]);
});
