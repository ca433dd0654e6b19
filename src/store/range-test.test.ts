import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBatchBuilder } from '../core/batch/builder';
import { readBatch } from '../core/batch/read';
import * as registry from '../core/decode/registry';
import { compileFilter } from '../core/filter';
import { FLAG, KIND } from '../core/model/frame';
import { Content } from './content';
import type { LiveDocument } from './documents';
import { LIMITS } from './limits';
import { FrameLog } from './log';
import { ProberPool } from './prober-pool';
import { RangeTest } from './range-test';
import { Scan } from './scan';
import { platform } from './testing/harness';
import { createLocalProbe } from './testing/local-probe';

const words = [
  'trade',
  'TRADE',
  'tr',
  'ade',
  'äö',
  'K',
  '\u212a',
  '{"type":"trade"}',
  '{"a":[1,"x"]}',
  ' ',
  '日本',
  'x',
  // Longer than what is searched by a regex.
  'y'.repeat(1001),
];

const frame = fc.record({
  connection: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom('text', 'binary', 'deferred', 'dropped', 'open'),
  sent: fc.boolean(),
  text: fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((parts) => parts.join('')),
});

const query = fc
  .array(
    fc.record({
      not: fc.boolean(),
      term: fc.constantFrom(
        'trade',
        'tr',
        'dir:sent',
        'x',
        '日本',
        '/tra?d/',
        'size:>8',
        '$.type:trade',
        'kind:binary',
        '"e t"',
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((terms) => terms.map(({ not, term }) => (not ? `-${term}` : term)).join(' '));

/** A log of small segments; payloads marked `deferred` come `lag` frames after their row. */
function logOf(
  frames: (typeof frame extends fc.Arbitrary<infer T> ? T : never)[],
  lag: number,
  limits = { ...LIMITS, segmentBytes: 64, segmentRows: 7 },
): FrameLog {
  const log = new FrameLog({ limits, loadSegment: async () => null, loadParts: async () => [] });
  const builder = createBatchBuilder(platform);
  const info = { url: '', kind: 'document' as const, frameId: 0, ancestors: [] };
  const document: LiveDocument = {
    key: 'a',
    id: 1,
    info,
    source: 'page',
    connections: new Map(),
    nextFrame: null,
    deferred: new Map(),
  };
  const late: { frame: number; bytes: Uint8Array }[] = [];
  const deliver = () => {
    const next = late.shift();
    if (next === undefined) return;
    const { frame, bytes } = next;
    builder.addNote({ type: 'part', frame, at: 0, bytes: bytes.length, last: true }, bytes);
  };
  frames.forEach(({ connection, kind, sent, text }, number) => {
    const flags = sent ? FLAG.sent : 0;
    const bytes = new TextEncoder().encode(text);
    if (kind === 'text') builder.addText(number, connection, KIND.text, flags, text);
    else if (kind === 'binary') builder.addBytes(number, connection, KIND.binary, flags, bytes);
    else if (kind === 'open') builder.addText(number, connection, KIND.open, 0, '{"protocol":"trade"}');
    else if (kind === 'dropped') builder.addBare(number, connection, KIND.text, flags | FLAG.dropped, bytes.length);
    else {
      builder.addBare(number, connection, KIND.binary, flags | FLAG.deferred, bytes.length);
      late.push({ frame: number, bytes });
    }
    if (late.length > lag) deliver();
    log.append(document, readBatch(builder.take(number + 1)));
  });
  // What is still to come never comes.
  return log;
}

test('the fast scan, here and in a Worker, finds what a naive one finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 60 }), query, fc.nat(5), async (frames, text, lag) => {
      const log = logOf(frames, lag);
      const content = new Content(
        log,
        async () => registry,
        () => undefined,
      );
      const filter = compileFilter(text, { connection: () => undefined });
      const scan = async (prober: ProberPool | null) => {
        const found: number[] = [];
        const onMatch = (frame: number) => found.push(frame);
        await new Scan(text, filter, null, content, prober, onMatch, () => undefined).run();
        return found;
      };
      const naive: number[] = [];
      const one = new RangeTest(filter, content);
      for (let i = 0; i < log.frames; i++) if (await one.one(i)) naive.push(i);
      expect(await scan(null)).toEqual(naive);
      for (const size of [1, 3]) expect(await scan(new ProberPool(createLocalProbe, size))).toEqual(naive);
    }),
    { numRuns: 500 },
  );
});

test('a Worker finds what decoders know from frames before: the name of what a reply answers', async () => {
  const call = (id: number) => ({ text: `{"jsonrpc":"2.0","id":${id},"method":"subtract"}`, sent: true });
  const reply = (id: number) => ({ text: `{"jsonrpc":"2.0","id":${id},"result":5}`, sent: false });
  const frames = Array.from({ length: 2100 }, (_, id) => [call(id), reply(id)]).flat();
  const log = logOf(
    frames.map((one) => ({ ...one, connection: 1, kind: 'text' })),
    0,
    LIMITS,
  );
  const content = new Content(
    log,
    async () => registry,
    () => undefined,
  );
  for (const text of ['subtract', '/subtract/']) {
    const filter = compileFilter(text, { connection: () => undefined });
    const found: number[] = [];
    const prober = text.startsWith('/') ? new ProberPool(createLocalProbe, 1) : null;
    await new Scan(
      text,
      filter,
      null,
      content,
      prober,
      (one) => found.push(one),
      () => undefined,
    ).run();
    expect(found).toHaveLength(4200);
  }
});
