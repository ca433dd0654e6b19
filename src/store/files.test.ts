import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { openDatabase } from './database';
import { type Devtools, Machine, Page } from './testing/harness';

let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  devtools = new Machine().start();
  await devtools.begin();
  page = new Page(devtools, 'a');
  await page.connect();
  page.socket(1, 'wss://example.com/one').socket(2, 'wss://example.com/two', { protocols: ['p'] });
  page.event(1, KIND.open, { protocol: '', extensions: '' }).event(2, KIND.open, { protocol: 'p', extensions: '' });
  page
    .text(1, 'one', FLAG.sent)
    .text(2, 'zwei')
    .binary(1, Uint8Array.of(0, 255, 3))
    .text(2, 'x'.repeat(2000));
  await page.event(1, KIND.close, { code: 1001, reason: 'gone', wasClean: true, by: 'server' }).send();
});

const all = { log: 'live', frames: null, view: null };

for (const format of ['ndjson', 'har']) {
  test(`${format}: what is exported is imported again`, async () => {
    const { file, name, frames } = await devtools.call('export', { job: 1, format, scope: all });
    expect(frames).toBe(7);
    expect(name).toMatch(new RegExp(`^example.com .*\\.${format}$`));
    const before = await devtools.rows();
    const info = await devtools.call('import', { job: 2, file, name });
    expect(info).toMatchObject({ frames: 7, connections: 2, importedFrom: name, live: false });
    expect((await devtools.call('sessions', null)).map(({ id }) => id)).toContain(info.id);
    await devtools.call('openSession', { session: info.id });
    const rows = await devtools.rows({ log: info.id }, 2);
    const plain = (list: typeof rows) =>
      list.map(({ time, kind, direction, length, data, connection }) => [
        time,
        kind,
        direction,
        length,
        data,
        connection,
      ]);
    expect(plain(rows)).toEqual(plain(before));
    const connections = await devtools.call('connections', { log: info.id });
    expect(connections).toMatchObject([
      { id: 1, url: 'wss://example.com/one', state: 'closed', close: { code: 1001 }, sentFrames: 1, receivedFrames: 1 },
      { id: 2, url: 'wss://example.com/two', protocol: 'p', receivedFrames: 2 },
    ]);
  });
}

test('exports the frames that pass a view, or those chosen', async () => {
  await devtools.settled({ query: 'zwei' });
  const filtered = await devtools.call('export', { job: 1, format: 'ndjson', scope: { ...all, view: 1 } });
  expect(filtered.frames).toBe(1);
  expect(await filtered.file.text()).toContain('zwei');
  const chosen = await devtools.call('export', { job: 1, format: 'ndjson', scope: { ...all, frames: [4, 2] } });
  expect(chosen.frames).toBe(2);
  expect(await chosen.file.text()).not.toContain('zwei');
});

test('a broken file is named and placed, and leaves nothing behind', async () => {
  const { file } = await devtools.call('export', { job: 1, format: 'ndjson', scope: all });
  const lines = (await file.text()).split('\n');
  lines[4] = '{"type":"frame","time":"never"}';
  const broken = new Blob([lines.join('\n')]);
  const sessions = await devtools.call('sessions', null);
  const failed = devtools.call('import', { job: 2, file: broken, name: 'x.ndjson' });
  await expect(failed).rejects.toMatchObject({ name: 'FormatError', where: expect.stringContaining('line 5') });
  expect(await devtools.call('sessions', null)).toEqual(sessions);
  await devtools.onDisk();
  const database = await openDatabase(() => undefined);
  expect(await database.count('sessions')).toBe(1);
  expect(new Set((await database.getAllKeys('columns')).map(([session]) => session)).size).toBe(1);
  database.close();
});

test('a cancelled job ends with AbortError and tells progress before', async () => {
  for (let i = 0; i < 20; i++) {
    for (let j = 0; j < 500; j++) page.text(2, 'tick'.repeat(100));
    await page.send();
  }
  const told: number[] = [];
  devtools.client.on('progress', ({ job, total }) => {
    told.push(total);
    void devtools.call('cancel', { job });
  });
  const cancelled = devtools.call('export', { job: 7, format: 'har', scope: all });
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  expect(told[0]).toBe(10_007);
});
