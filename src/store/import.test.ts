import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { Machine, Page } from './testing/harness';

test('while the user wants nothing on disk, a file is kept in memory only', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  await devtools.begin(false);
  await new Page(devtools, 'a').socket(1).text(1, 'secret').send();
  const scope = { log: 'live', frames: null, view: null };
  const { file } = await devtools.call('export', { job: 1, format: 'ndjson', scope });
  const { id } = await devtools.call('import', { job: 2, file, name: 'x.ndjson' });
  const [database] = devtools.databases;
  for (const name of ['sessions', 'columns', 'payloads', 'connections'] as const) {
    expect(await database.count(name)).toBe(0);
  }
  expect(await devtools.call('openSession', { session: id })).toMatchObject({ frames: 1 });
  expect((await devtools.rows({ log: id })).map(({ data }) => data)).toEqual(['secret']);
  expect((await machine.start().call('sessions', null)).map((session) => session.id)).toEqual([]);
});
