import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { createBatchBuilder } from '../core/batch/builder';
import { readBatch } from '../core/batch/read';
import * as registry from '../core/decode/registry';
import { compileFilter } from '../core/filter';
import { FLAG, KIND } from '../core/model/frame';
import { Content } from './content';
import { openDatabase } from './database';
import { LiveDocuments } from './documents';
import { LIMITS } from './limits';
import { FrameLog } from './log';
import { Machine, Page, platform, START } from './testing/harness';
import { createLocalProbe } from './testing/local-probe';
import { View } from './view';

const byTime = { column: 'time', descending: false } as const;

test('a payload that comes while the search waits for a large one behind it is tested again', async () => {
  const large = new Uint8Array((1 << 20) + 1).fill(120);
  // It is read for the choice of a decoder first; the search itself waits for it.
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const loadParts = async (_frame: number, part: number) => {
    if (view.rows > 0) await released;
    return [part === 0 ? large.subarray(0, 1 << 20) : large.subarray(1 << 20)];
  };
  const log = new FrameLog({ limits: LIMITS, loadSegment: async () => null, loadParts });
  const document = new LiveDocuments().get(log, 'a');
  const builder = createBatchBuilder(platform);
  builder.addBare(START, 1, KIND.text, FLAG.deferred, 6);
  builder.addText(START, 1, KIND.text, 0, 'another needle');
  builder.addText(START, 1, KIND.text, 0, 'hay');
  builder.addBare(START, 1, KIND.text, FLAG.deferred, large.length);
  builder.addNote({ type: 'part', frame: 3, at: 0, bytes: 1 << 20, last: false }, large.subarray(0, 1 << 20));
  builder.addNote({ type: 'part', frame: 3, at: 1 << 20, bytes: 1, last: true }, large.subarray(1 << 20));
  log.append(document, readBatch(builder.take(1)));
  log.apart.markSaved(log.apart.unsaved.slice());
  const content = new Content(
    log,
    async () => registry,
    () => undefined,
  );
  const filter = compileFilter('needle', { connection: () => undefined });
  const spec = { log: 'live', query: 'needle', connections: null, sort: byTime };
  const view = new View(1, spec, filter, content, null, () => undefined);
  log.onLate = (frame) => void view.retest(frame);
  const settled = view.settled();
  await vi.waitFor(() => expect(view.rows).toBe(1));
  builder.addNote({ type: 'part', frame: 0, at: 0, bytes: 6, last: true }, new TextEncoder().encode('needle'));
  log.append(document, readBatch(builder.take(2)));
  release();
  await settled;
  await vi.waitFor(() => expect(view.frames(0, 9)).toEqual([0, 1]));
});

test.each(['is:dropped', '-is:dropped', 'needle', '-needle', '/need.e/', '/need.e/ -is:dropped'])(
  'when memory is full, a view of %s shows what a new one would',
  async (query) => {
    const limits = { ...LIMITS, segmentBytes: 1000, memoryBytes: 3000 };
    const devtools = new Machine().start({ limits, createProbe: createLocalProbe });
    await devtools.begin(false);
    const page = new Page(devtools, 'a').socket(1);
    await devtools.settled({ query }, 1);
    await devtools.settled({ query, sort: { column: 'length', descending: true } }, 2);
    for (let i = 0; i < 60; i++) await page.text(1, (i % 3 === 0 ? 'needle ' : 'hay ').padEnd(200 + i, 'x')).send();
    expect((await devtools.call('counts', { log: 'live' })).dropped).toBeGreaterThan(30);
    const fresh = (await devtools.rows({ query }, 3)).map(({ frame }) => frame);
    expect(fresh.length).toBeGreaterThan(0);
    await vi.waitFor(async () => {
      expect(await devtools.call('frameNumbers', { view: 1, from: 0, to: 99 })).toEqual(fresh);
      expect(await devtools.call('frameNumbers', { view: 2, from: 0, to: 99 })).toEqual(fresh.toReversed());
    });
  },
);

test('when the disk is lost, views show what is left', async () => {
  let lost: (reason: string) => void = () => undefined;
  const limits = { ...LIMITS, segmentBytes: 1000, cacheBytes: 2000 };
  let gone = false;
  const devtools = new Machine().start({
    limits,
    openDatabase(onLost) {
      lost = onLost;
      return gone ? Promise.reject(new Error('no')) : openDatabase(onLost);
    },
  });
  await devtools.begin();
  const page = new Page(devtools, 'a').socket(1);
  for (let i = 0; i < 40; i++) await page.text(1, 'needle'.padEnd(200, 'x')).send();
  await devtools.onDisk();
  expect(await devtools.settled({ query: 'is:dropped' }, 1)).toBe(0);
  gone = true;
  lost('The browser closed the database');
  await vi.waitFor(async () => {
    const { dropped } = await devtools.call('counts', { log: 'live' });
    expect(dropped).toBeGreaterThan(0);
    expect(await devtools.call('frameNumbers', { view: 1, from: 0, to: 99 })).toHaveLength(dropped);
  });
});
