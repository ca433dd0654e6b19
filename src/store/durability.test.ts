import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FrameRow } from '../core/messages/store';
import { FLAG, KIND } from '../core/model/frame';
import { LIMITS } from './limits';
import { type Devtools, Machine, Page, START } from './testing/harness';

const limits = { ...LIMITS, segmentBytes: 300, segmentRows: 9, cacheBytes: 600 };

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      texts: fc.array(fc.string({ maxLength: 80 }), { maxLength: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('late' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 90 }) }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'flush' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'clear' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'begin' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'crash' as const }) },
);

/** What must be in a log: frames in order, as `text` or hex of bytes. */
class Run {
  devtools!: Devtools;
  page!: Page;
  session = '';
  frames: string[] = [];
  /** Of those, how many are on disk for sure. */
  durable = 0;
  clock = 0;

  constructor(readonly machine: Machine) {}

  async start(): Promise<void> {
    this.devtools = this.machine.start({ limits });
    this.page = new Page(this.devtools, 'a');
    await this.begin();
    await this.page.connect();
    await this.page.socket(1).send();
  }

  async begin(): Promise<void> {
    const { session } = await this.devtools.call('begin', { site: 'x', time: START + this.clock++, persist: true });
    this.session = session;
    this.frames = [];
    this.durable = 0;
  }

  /** The browser is killed; another start must find all that was flushed, in order and whole. */
  async crash(): Promise<void> {
    const { session, frames, durable } = this;
    this.machine.kill(this.devtools);
    await this.start();
    if (durable === 0) return;
    await this.devtools.call('openSession', { session });
    const found = await readAll(this.devtools, session);
    expect(found.length).toBeGreaterThanOrEqual(durable);
    expect(found).toEqual(frames.slice(0, found.length));
    expect(this.machine.notices).toEqual([]);
  }
}

async function readAll(devtools: Devtools, log: string): Promise<string[]> {
  const rows = await devtools.rows({ log }, 5);
  const result: string[] = [];
  for (const { frame } of rows) {
    const { row, bytes } = await devtools.call('payload', { log, frame, from: 0, to: 1000 });
    result.push(show(row, new Uint8Array(bytes)));
  }
  return result;
}

function show({ kind }: FrameRow, bytes: Uint8Array): string {
  return kind === 'text' ? new TextDecoder().decode(bytes) : Buffer.from(bytes).toString('hex');
}

test('the log survives any order of append, clear, begin, flush and crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const run = new Run(new Machine());
      await run.start();
      for (const next of [...steps, { do: 'flush' as const }, { do: 'crash' as const }]) {
        const { page, devtools } = run;
        if (next.do === 'append') {
          for (const text of next.texts) page.text(1, text.toWellFormed());
          await page.send();
          run.frames.push(...next.texts.map((text) => text.toWellFormed()));
        } else if (next.do === 'late') {
          const { bytes } = next;
          const frame = page.builder.nextFrame();
          page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, bytes.length);
          await page.text(1, 'between').send();
          page.builder.addNote({ type: 'part', frame, at: 0, bytes: bytes.length, last: true }, bytes);
          await page.send();
          run.frames.push(Buffer.from(bytes).toString('hex'), 'between');
        } else if (next.do === 'flush') {
          await devtools.onDisk();
          run.durable = run.frames.length;
        } else if (next.do === 'clear') {
          await devtools.call('clear', { time: START, site: 'x' });
          run.frames = [];
          run.durable = 0;
        } else if (next.do === 'begin') await run.begin();
        else await run.crash();
        if (next.do !== 'crash') expect(await readAll(run.devtools, 'live')).toEqual(run.frames);
      }
      run.machine.kill(run.devtools);
    }),
    { numRuns: 40 },
  );
});
