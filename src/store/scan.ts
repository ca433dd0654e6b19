import type { CompiledFilter } from '../core/filter/types';
import type { Content } from './content';
import { RowTest } from './row-test';
import { nextTurn, SLICE_MS } from './turns';

/** Rows tested between two looks at the clock. */
const STRIDE = 64;

/** Goes through a log once, in slices, and on with it as it grows. */
export class Scan {
  /** Frames tested, from the first. */
  scanned = 0;
  /** Why the scan was given up, in words for the user. */
  stopped: string | null = null;
  readonly #test: RowTest;
  readonly #connections: Set<number> | null;
  #running: Promise<void> | null = null;
  #cancelled = false;

  /**
   * @param connections only frames of these pass; `null` for all
   * @param onMatch told of every frame that passes, ascending
   * @param onSlice told after every slice of work
   */
  constructor(
    readonly filter: CompiledFilter,
    connections: number[] | null,
    readonly content: Content,
    readonly onMatch: (frame: number) => void,
    readonly onSlice: () => void,
  ) {
    this.#test = new RowTest(filter, content);
    this.#connections = connections === null ? null : new Set(connections);
  }

  cancel(): void {
    this.#cancelled = true;
  }

  /** There are more frames. */
  wake(): void {
    void this.run();
  }

  /** Resolves when all frames that are there were tested, or the scan was cancelled. */
  run(): Promise<void> {
    this.#running ??= this.#loop().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Whether one frame passes now. */
  async test(frame: number): Promise<boolean> {
    if (this.#connections?.has(this.content.log.columns.connection(frame)) === false) return false;
    if (this.filter.needsDecoded) await this.content.prepare(this.content.log.columns.connection(frame));
    return this.#test.passes(frame, this.filter.needsContent ? await this.content.log.payload(frame) : null);
  }

  async #loop(): Promise<void> {
    const { log } = this.content;
    let sliceEnd = performance.now() + SLICE_MS;
    while (this.scanned < log.frames && !this.#cancelled && this.stopped === null) {
      if (this.filter.needsContent) await this.#load();
      if (this.#cancelled) return;
      const missing = this.#slice(sliceEnd);
      if (missing !== null) await this.#one(missing);
      if (performance.now() < sliceEnd) continue;
      this.onSlice();
      await nextTurn();
      sliceEnd = performance.now() + SLICE_MS;
    }
    this.onSlice();
  }

  /** Brings the payloads of the next rows into memory, and chooses the decoders of their connections. */
  async #load(): Promise<void> {
    const { log } = this.content;
    const number = log.segments.of(this.scanned);
    if (log.segments.peek(number) === null) await log.segments.get(number);
    if (!this.filter.needsDecoded) return;
    const end = Math.min(log.segments.all[number + 1]?.first ?? log.frames, log.frames);
    let last = -1;
    for (let frame = this.scanned; frame < end; frame++) {
      const connection = log.columns.connection(frame);
      if (connection !== last && !this.content.isReady(connection)) await this.content.prepare(connection);
      last = connection;
    }
  }

  /**
   * Tests rows of one segment until its end or that of the slice.
   * @returns a frame whose payload has to be loaded first, or `null`
   */
  #slice(sliceEnd: number): number | null {
    const { log } = this.content;
    const next = log.segments.all[log.segments.of(this.scanned) + 1];
    const end = Math.min(next?.first ?? log.frames, log.frames);
    const { needsContent, matchesAll } = this.filter;
    for (let count = 1; this.scanned < end; count++) {
      const frame = this.scanned;
      if (this.#connections === null || this.#connections.has(log.columns.connection(frame))) {
        const payload = needsContent ? log.payloadNow(frame) : null;
        if (payload === undefined) return frame;
        if (matchesAll || this.#test.passes(frame, payload)) this.onMatch(frame);
      }
      this.scanned++;
      if (count % STRIDE === 0 && performance.now() >= sliceEnd) return null;
    }
    return null;
  }

  /** Tests the next frame, whose payload lies elsewhere than those of its neighbours. */
  async #one(frame: number): Promise<void> {
    const passes = await this.test(frame);
    if (this.#cancelled) return;
    if (passes) this.onMatch(frame);
    this.scanned = frame + 1;
  }
}
