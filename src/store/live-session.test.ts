import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openDatabase } from './database';
import { Machine, Page, START } from './testing/harness';

test('a page without sockets leaves nothing on disk, however often it is navigated', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  const { session } = await devtools.begin();
  await devtools.call('sessions', null);
  const [database] = devtools.databases;
  for (let i = 0; i < 3; i++) {
    const page = new Page(devtools, `document ${i}`);
    await page.connect();
    await devtools.call('documentGone', { key: page.key, time: START + i });
    await devtools.onDisk();
  }
  expect(await database.count('sessions')).toBe(0);
  expect(await devtools.call('sessions', null)).toEqual([]);
  // What comes then is kept, with the documents of before.
  const page = new Page(devtools, 'last');
  await page.connect();
  await page.socket(1).text(1, 'one').send();
  await devtools.onDisk();
  expect(await database.getAllKeys('sessions')).toEqual([session]);
  expect(await database.count('documents')).toBe(4);
});

test('a file without frames is there when it was imported', async () => {
  const devtools = new Machine().start();
  await devtools.begin();
  const scope = { log: 'live', frames: null, view: null };
  const { file } = await devtools.call('export', { job: 1, format: 'ndjson', scope });
  const { id } = await devtools.call('import', { job: 2, file, name: 'empty.ndjson' });
  expect((await devtools.call('sessions', null)).map((session) => session.id)).toEqual([id]);
  expect(await devtools.call('openSession', { session: id })).toMatchObject({ frames: 0 });
});

test('a session in which nothing was recorded yet goes on to disk when the browser closed the database', async () => {
  let lost: (reason: string) => void = () => undefined;
  const devtools = new Machine().start({
    openDatabase(onLost) {
      lost = onLost;
      return openDatabase(onLost);
    },
  });
  const { session } = await devtools.begin();
  const told = new Promise((resolve) => devtools.client.on('storage', resolve));
  lost('The browser closed the database');
  expect(await told).toMatchObject({ problem: 'The browser closed the database' });
  await new Promise((resolve) => {
    devtools.client.on('storage', ({ where }) => {
      if (where === 'disk') resolve(null);
    });
  });
  await new Page(devtools, 'a').socket(1).text(1, 'one').send();
  await devtools.onDisk();
  const database = await openDatabase(() => undefined);
  expect(await database.getAllKeys('sessions')).toEqual([session]);
  database.close();
});
