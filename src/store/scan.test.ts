import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import * as registry from '../core/decode/registry';
import { compileFilter } from '../core/filter';
import { FLAG } from '../core/model/frame';
import { Content } from './content';
import { LIMITS } from './limits';
import { FrameLog } from './log';
import { ProberPool } from './prober-pool';
import { Scan } from './scan';
import { START } from './testing/harness';
import { createLocalProbe } from './testing/local-probe';

/** A frame as the naive search sees it; `text` is empty where the payload is not there. */
interface Plain {
  kind: 'text' | 'open';
  sent: boolean;
  text: string;
  bytes: number;
  connection: number;
}

const plain: fc.Arbitrary<Plain> = fc
  .record({
    kind: fc.constantFrom('text' as const, 'text' as const, 'text' as const, 'open' as const),
    sent: fc.boolean(),
    dropped: fc.boolean(),
    connection: fc.integer({ min: 1, max: 2 }),
    words: fc.array(fc.constantFrom('trade', 'TRADE', 'tr', 'ade', 'x', ' ', 'zz'), { maxLength: 7 }),
  })
  .map(({ kind, sent, dropped, connection, words }) => {
    if (kind === 'open') return { kind, sent: false, text: '{"protocol":"trade"}', bytes: 20, connection };
    const text = words.join('');
    return { kind, sent, text: dropped ? '' : text, bytes: text.length, connection };
  });

/** A query, and what it asks, written anew from docs/filter.md. */
interface Asked {
  query: string;
  holds(frame: Plain): boolean;
}

const term: fc.Arbitrary<Asked> = fc.constantFrom<Asked>(
  { query: 'trade', holds: ({ text }) => text.toLowerCase().includes('trade') },
  { query: 'Tr', holds: ({ text }) => text.toLowerCase().includes('tr') },
  { query: '"e t"', holds: ({ text }) => text.toLowerCase().includes('e t') },
  { query: '/tra?d/', holds: ({ text }) => /tra?d/.test(text) },
  { query: '/^x|z$/i', holds: ({ text }) => /^x|z$/i.test(text) },
  { query: 'dir:sent', holds: ({ sent }) => sent },
  { query: 'size:>8', holds: ({ bytes }) => bytes > 8 },
  { query: 'kind:open', holds: ({ kind }) => kind === 'open' },
  { query: 'conn:2', holds: ({ connection }) => connection === 2 },
);

const { asked } = fc.letrec<{ asked: Asked }>((tie) => ({
  asked: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    term,
    tie('asked').map(({ query, holds }) => ({ query: `-(${query})`, holds: (frame: Plain) => !holds(frame) })),
    fc.tuple(tie('asked'), tie('asked')).map(([one, other]) => ({
      query: `(${one.query} ${other.query})`,
      holds: (frame: Plain) => one.holds(frame) && other.holds(frame),
    })),
    fc.tuple(tie('asked'), tie('asked')).map(([one, other]) => ({
      query: `(${one.query} OR ${other.query})`,
      holds: (frame: Plain) => one.holds(frame) || other.holds(frame),
    })),
  ),
}));

/** A log of small segments, so that a few frames are many. */
function createLog(): FrameLog {
  const limits = { ...LIMITS, segmentBytes: 64, segmentRows: 7 };
  const log = new FrameLog({ limits, loadSegment: async () => null, loadParts: async () => [] });
  for (const url of ['wss://a.example/', 'wss://b.example/']) log.connections.create(0, url);
  return log;
}

function append(log: FrameLog, { kind, sent, text, bytes, connection }: Plain): void {
  const payload = new TextEncoder().encode(text);
  const flags = (sent ? FLAG.sent : 0) | (payload.length === bytes ? 0 : FLAG.dropped);
  const direction = sent ? 'sent' : 'received';
  log.appendFrame({ time: START + log.frames, connection, kind, direction, flags, length: bytes, payload });
}

function createScan(log: FrameLog, query: string, pool: ProberPool | null, found: number[]): Scan {
  const content = new Content(
    log,
    async () => registry,
    () => undefined,
  );
  const filter = compileFilter(query, { connection: (id) => log.connections.get(id)?.connection });
  expect(filter.problems).toEqual([]);
  return new Scan(
    query,
    filter,
    null,
    content,
    pool,
    (frame) => found.push(frame),
    () => undefined,
  );
}

test('a scan finds what a naive search of the frames finds, also in a log that grows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(plain, { maxLength: 50 }),
      fc.array(plain, { maxLength: 30 }),
      asked,
      fc.constantFrom(0, 1, 2),
      async (before, after, { query, holds }, workers) => {
        const log = createLog();
        for (const frame of before) append(log, frame);
        const found: number[] = [];
        const pool = workers === 0 ? null : new ProberPool(createLocalProbe, workers);
        const scan = createScan(log, query, pool, found);
        const first = scan.run();
        for (const frame of after) append(log, frame);
        await first;
        await scan.run();
        const naive = [...before, ...after].flatMap((frame, number) => (holds(frame) ? [number] : []));
        expect(found).toEqual(naive);
      },
    ),
    { numRuns: 600 },
  );
});

test('what changes while it is tested in a Worker is tested again', async () => {
  const log = createLog();
  for (let i = 0; i < 60; i++) append(log, { kind: 'text', sent: false, text: 'x', bytes: 1, connection: 1 });
  const waiting: (() => void)[] = [];
  const turn = () => new Promise<void>((resolve) => waiting.push(resolve));
  const pool = new ProberPool(() => createLocalProbe(turn), 2);
  const found: number[] = [];
  const scan = createScan(log, '/x/ is:marked', pool, found);
  const done = scan.run();
  const whenAsked = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  await whenAsked(1);
  waiting.shift()?.();
  // The second segment is asked about, and some of those after it.
  await whenAsked(2);
  for (const frame of [10, 17, 50]) {
    log.marks.set(frame, '');
    scan.forget(frame);
  }
  const release = setInterval(() => waiting.shift()?.(), 0);
  await done;
  clearInterval(release);
  expect(found).toEqual([10, 17, 50]);
});

test('what comes in the moment in which a scan ends is tested too', async () => {
  const log = createLog();
  const found: number[] = [];
  const scan = createScan(log, 'x', null, found);
  const x: Plain = { kind: 'text', sent: false, text: 'x', bytes: 1, connection: 1 };
  // Which turn of the queue its end takes is not to be known from outside.
  for (let turns = 0; turns < 12; turns++) {
    append(log, x);
    const done = scan.run();
    for (let turn = 0; turn < turns; turn++) await null;
    append(log, x);
    scan.wake();
    await done;
    await vi.waitFor(() => expect(found).toHaveLength(2 * (turns + 1)));
  }
});
