import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type Database, openDatabase } from './database';
import { LIMITS } from './limits';
import { type Devtools, Machine, Page } from './testing/harness';

const limits = { ...LIMITS, openMs: 20 };

/** Resolves when the store says where it writes to. */
function told(devtools: Devtools, where: 'disk' | 'memory'): Promise<void> {
  return new Promise((resolve) => {
    devtools.client.on('storage', (storage) => storage.where === where && resolve());
  });
}

test('a database that does not open for long: recording goes on in memory and says so, then goes to disk whole', async () => {
  let open: (database: Database) => void = () => undefined;
  const machine = new Machine();
  const devtools = machine.start({
    limits,
    openDatabase: () =>
      new Promise((resolve) => {
        open = resolve;
      }),
  });
  const memory = told(devtools, 'memory');
  const { session } = await devtools.begin();
  await memory;
  expect(await devtools.call('storage', null)).toMatchObject({
    where: 'memory',
    problem: expect.stringContaining('has not opened'),
  });
  expect(machine.notices).toEqual([expect.stringContaining('in memory only')]);
  const page = new Page(devtools, 'a').socket(1);
  await page.text(1, 'one').send();
  expect((await devtools.rows()).map(({ data }) => data)).toEqual(['one']);
  expect(await devtools.call('sessions', null)).toHaveLength(1);

  const disk = told(devtools, 'disk');
  open(await openDatabase(() => undefined));
  await disk;
  expect(await devtools.call('storage', null)).toMatchObject({ problem: null });
  expect(machine.notices.at(-1)).toBe('Recording goes to disk again');
  await page.text(1, 'two').send();
  await devtools.onDisk();
  machine.kill(devtools);
  const other = machine.start();
  await other.call('openSession', { session });
  expect((await other.rows({ log: session })).map(({ data }) => data)).toEqual(['one', 'two']);
});

test('who wants nothing on disk is not told of a database that opens late, and earlier sessions are there then', async () => {
  let open: (database: Database) => void = () => undefined;
  const machine = new Machine();
  const first = machine.start();
  await first.begin();
  await new Page(first, 'a').socket(1).text(1, 'one').send();
  await first.onDisk();
  machine.kill(first);
  const devtools = machine.start({
    limits,
    openDatabase: () =>
      new Promise((resolve) => {
        open = resolve;
      }),
  });
  await devtools.begin(false);
  expect(await devtools.call('sessions', null)).toEqual([]);
  const listed = new Promise((resolve) => devtools.client.on('sessions', resolve));
  open(await openDatabase(() => undefined));
  expect(await listed).toMatchObject([{ frames: 1, live: false }]);
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'memory' });
  expect(machine.notices).toEqual([]);
});

test('while another window blocks the database, recording goes on in memory at once, and to disk when it opens', async () => {
  let open: (database: Database) => void = () => undefined;
  const machine = new Machine();
  const devtools = machine.start({
    openDatabase(onLost) {
      onLost('Another DevTools window keeps the database');
      return new Promise((resolve) => {
        open = resolve;
      });
    },
  });
  const memory = told(devtools, 'memory');
  await devtools.begin();
  await memory;
  expect(await devtools.call('storage', null)).toMatchObject({
    where: 'memory',
    problem: expect.stringContaining('keeps'),
  });
  await new Page(devtools, 'a').socket(1).text(1, 'one').send();
  const disk = told(devtools, 'disk');
  open(await openDatabase(() => undefined));
  await disk;
  expect(await devtools.call('storage', null)).toMatchObject({ problem: null });
});
