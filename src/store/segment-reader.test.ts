import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { LIMITS } from './limits';
import { loadSegment } from './load-payloads';
import type { ReaderWorker, ReadRequest } from './segment-reader';
import { Machine, Page } from './testing/harness';

const limits = { ...LIMITS, segmentBytes: 1000, cacheBytes: 3000 };

/** A store with 50 segments, of which memory holds three. */
async function recorded(createReader: () => ReaderWorker) {
  const devtools = new Machine().start({ limits, createReader });
  await devtools.begin();
  const page = new Page(devtools, 'a').socket(1);
  for (let i = 0; i < 500; i++) page.text(1, `${i} `.padEnd(100, 'x'));
  await page.send();
  await devtools.onDisk();
  return devtools;
}

test('a scan has its segments read by the Worker', async () => {
  const asked: number[] = [];
  const ended: ReaderWorker[] = [];
  const devtools = await recorded(() => {
    const worker: ReaderWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => ended.push(worker),
      postMessage: async (request: unknown) => {
        const { type, id, session, segment } = request as ReadRequest;
        if (type !== 'read') return;
        asked.push(segment);
        expect(ended).not.toContain(worker);
        const data = await loadSegment(devtools.databases[0], session, segment);
        // One that was ended before it answered would leave the scan waiting for ever.
        expect(ended).not.toContain(worker);
        worker.onmessage?.call(worker as Worker, { data: { type: 'segment', id, data } } as MessageEvent);
      },
    };
    return worker;
  });
  expect(await devtools.settled({ query: '49' })).toBe(15);
  expect(asked.length).toBeGreaterThan(40);
  // It is replaced by a fresh one now and then.
  expect(ended.length).toBeGreaterThan(0);
});

test('where the Worker fails the store reads for itself', async () => {
  const devtools = await recorded(() => {
    const worker: ReaderWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
      postMessage: () => queueMicrotask(() => worker.onerror?.call(worker as Worker, new Event('error') as ErrorEvent)),
    };
    return worker;
  });
  expect(await devtools.settled({ query: '49' })).toBe(15);
});
