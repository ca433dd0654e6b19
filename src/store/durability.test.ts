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
  // Killed so many turns after a write was asked for: before it, amid it, or after it.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), turns: fc.nat(12) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reopen' as const), which: fc.nat() }) },
);

/** A session that is over, with the frames that must be in it. */
interface Past {
  session: string;
  frames: string[];
}

/** What must be in a log: frames in order, as `text` or hex of bytes. */
class Run {
  devtools!: Devtools;
  page!: Page;
  session = '';
  frames: string[] = [];
  /** Of those, how many are on disk for sure. */
  durable = 0;
  clock = 0;
  past: Past[] = [];

  constructor(readonly machine: Machine) {}

  async start(): Promise<void> {
    this.devtools = this.machine.start({ limits });
    this.page = new Page(this.devtools, 'a');
    await this.begin();
    await this.page.connect();
    await this.page.socket(1).send();
  }

  async begin(): Promise<void> {
    // A session that ends in order is on disk to its last frame.
    if (this.frames.length > 0) this.past.push({ session: this.session, frames: this.frames });
    const { session } = await this.devtools.call('begin', { site: 'x', time: START + this.clock++, persist: true });
    this.session = session;
    this.frames = [];
    this.durable = 0;
  }

  /** The browser is killed; another start must find all that was flushed, in order and whole. */
  async crash(turns: number): Promise<void> {
    const { session, frames, durable } = this;
    const flushed = this.devtools.onDisk().catch(() => undefined);
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    this.machine.kill(this.devtools);
    void flushed;
    this.frames = [];
    await this.start();
    const listed = (await this.devtools.call('sessions', null)).some(({ id }) => id === session);
    expect(listed || durable === 0).toBe(true);
    if (!listed) return;
    await this.devtools.call('openSession', { session });
    const found = await readAll(this.devtools, session);
    expect(found.length).toBeGreaterThanOrEqual(durable);
    expect(found).toEqual(frames.slice(0, found.length));
    expect(this.machine.notices).toEqual([]);
    if (found.length > 0) this.past.push({ session, frames: found });
  }

  /** An earlier session is as it was, whatever was recorded, cleared or killed since. */
  async reopen(which: number): Promise<void> {
    const one = this.past[which % Math.max(1, this.past.length)];
    if (one === undefined) return;
    await this.devtools.call('openSession', { session: one.session });
    expect(await readAll(this.devtools, one.session)).toEqual(one.frames);
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

test('the log survives any order of append, clear, begin, flush, crash and reopen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const run = new Run(new Machine());
      await run.start();
      for (const next of [...steps, { do: 'flush' as const }, { do: 'crash' as const, turns: 0 }]) {
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
        else if (next.do === 'reopen') await run.reopen(next.which);
        else await run.crash(next.turns);
        if (next.do !== 'crash') expect(await readAll(run.devtools, 'live')).toEqual(run.frames);
      }
      for (let which = 0; which < run.past.length; which++) await run.reopen(which);
      run.machine.kill(run.devtools);
    }),
    { numRuns: 60 },
  );
});
