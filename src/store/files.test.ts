import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import * as formats from '../core/format/registry';
import type { FileFormat, SessionSource } from '../core/format/types';
import { FLAG, type Frame, KIND } from '../core/model/frame';
import { openDatabase } from './database';
import { select } from './export';
import { LIMITS } from './limits';
import type { Store } from './store';
import { type Devtools, Machine, Page, START } from './testing/harness';

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

for (const format of ['ndjson', 'har']) {
  test(`${format}: marks with their notes, and stacks, are imported again`, async () => {
    const rows = await devtools.rows();
    const place = rows.findIndex(({ data }) => data === 'zwei');
    await devtools.call('mark', { log: 'live', frames: [rows[place].frame], marked: true, note: 'look here' });
    await devtools.call('mark', { log: 'live', frames: [rows[0].frame], marked: true, note: '' });
    const { file, name } = await devtools.call('export', { job: 1, format, scope: all });
    const { id } = await devtools.call('import', { job: 2, file, name });
    const marked = (list: typeof rows) => list.map(({ marked, note }) => (marked ? note : null));
    await devtools.call('openSession', { session: id });
    const again = await devtools.rows({ log: id }, 2);
    expect(marked(again)).toEqual(marked(await devtools.rows()));
    expect(again[place].note).toBe('look here');
  });

  test(`${format}: a file of a log that is cleared meanwhile is not complete, and refused`, async () => {
    const told = formats.formats.find(({ id }) => id === format)!;
    /** Clears after the first frame, as a navigation does. */
    async function* clearing(source: SessionSource): AsyncGenerator<Frame, void> {
      let first = true;
      for await (const frame of source.frames()) {
        if (first) await devtools.call('clear', { time: START, site: 'example.com' });
        first = false;
        yield frame;
      }
    }
    const cleared: FileFormat = {
      ...told,
      write: (source) => told.write(Object.create(source, { frames: { value: () => clearing(source) } })),
    };
    devtools = new Machine().start({
      limits: { ...LIMITS, segmentBytes: 20_000, cacheBytes: 40_000 },
      loadFormats: async () => ({ ...formats, formats: [cleared] }),
    });
    await devtools.begin();
    page = new Page(devtools, 'b');
    await page.connect();
    page.socket(1, 'wss://example.com/');
    for (let i = 0; i < 20; i++) {
      for (let j = 0; j < 10; j++) page.text(1, `payload ${'x'.repeat(990)}`);
      await page.send();
      await devtools.onDisk();
    }
    const exported = devtools.call('export', { job: 1, format, scope: all });
    await expect(exported).rejects.toThrow('The log was cleared while it was written');
  });
}

test('a filter that is changed before all its frames are found is no file', async () => {
  const view = { settled: async () => undefined, state: () => ({ scanned: 5, total: 10, stopped: null }) };
  const store = { view: () => view } as unknown as Store;
  const job = { signal: new AbortController().signal, progress: () => undefined };
  await expect(select(store, { ...all, view: 1 }, job)).rejects.toThrow('The filter was changed before all its frames');
});

test('a filter that was stopped is not exported as if it had found everything', async () => {
  const stopped = 'Stopped: /a/ takes too long on some frames';
  const view = { settled: async () => undefined, state: () => ({ scanned: 5, total: 10, stopped }) };
  const store = { view: () => view } as unknown as Store;
  const job = { signal: new AbortController().signal, progress: () => undefined };
  await expect(select(store, { ...all, view: 1 }, job)).rejects.toThrow(
    'takes too long on some frames: nothing was written',
  );
});

test('an export can be cancelled while a filter looks for its frames', async () => {
  const view = { settled: () => new Promise(() => undefined), state: () => ({ scanned: 5, total: 10, stopped: null }) };
  const store = { view: () => view } as unknown as Store;
  const controller = new AbortController();
  const selected = select(store, { ...all, view: 1 }, { signal: controller.signal, progress: () => undefined });
  controller.abort();
  await expect(selected).rejects.toMatchObject({ name: 'AbortError' });
});

test('exports all that a filter finds, also what it has not found yet', async () => {
  for (let i = 0; i < 20; i++) {
    for (let j = 0; j < 1000; j++) page.text(1, `{"n":${j}}`);
    await page.send();
  }
  const spec = {
    log: 'live',
    query: '$.n:>=500',
    connections: null,
    sort: { column: 'time', descending: false },
  } as const;
  await devtools.call('view', { view: 1, spec });
  const scope = { ...all, view: 1 };
  expect((await devtools.call('export', { job: 1, format: 'ndjson', scope })).frames).toBe(10_000);
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
