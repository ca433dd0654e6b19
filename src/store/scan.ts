import type { CompiledFilter } from '../core/filter/types';
import type { Content } from './content';
import { createFrameTest, type FrameTest } from './frame-test';
import { TooSlowError, tooSlow } from './prober';
import type { ProberPool } from './prober-pool';
import { nextTurn, SLICE_MS } from './turns';

/** Goes through a log once, in slices, and on with it as it grows. */
export class Scan {
  /** Frames tested, from the first. */
  scanned = 0;
  /** Why the scan was given up, in words for the user. */
  stopped: string | null = null;
  /** Told of frames that were tested and have changed before that was known: who keeps what passed has them tested again. */
  onStale: (frames: number[]) => void = () => undefined;
  readonly #test: FrameTest;
  /** For what is tested again, while the other one goes on. */
  readonly #again: FrameTest;
  readonly #changed = new Set<number>();
  #testing = false;
  readonly #connections: Set<number> | null;
  #running: Promise<void> | null = null;
  readonly #abort = new AbortController();

  /**
   * @param connections only frames of these pass; `null` for all
   * @param onMatch told of every frame that passes, ascending
   * @param onSlice told after every slice of work; `whole`: it was the last of several
   */
  constructor(
    query: string,
    readonly filter: CompiledFilter,
    connections: number[] | null,
    readonly content: Content,
    prober: ProberPool | null,
    readonly onMatch: (frame: number) => void,
    readonly onSlice: (whole: boolean) => void,
    /** Frames that may be tested: what the filter asks of the others is not known yet. */
    readonly limit: () => number = () => Number.POSITIVE_INFINITY,
  ) {
    this.#test = createFrameTest(query, filter, content, prober, this.#abort.signal);
    this.#again = createFrameTest(query, filter, content, prober, this.#abort.signal);
    this.#connections = connections === null ? null : new Set(connections);
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** There are more frames. */
  wake(): void {
    void this.run();
  }

  /** Resolves when all frames that are there were tested, or the scan was cancelled. */
  run(): Promise<void> {
    this.#running ??= this.#loop()
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#running = null;
        // What came in the moment of its end.
        return this.#hasMore ? this.run() : undefined;
      });
    return this.#running;
  }

  get #hasMore(): boolean {
    const { aborted } = this.#abort.signal;
    return this.scanned < Math.min(this.content.log.frames, this.limit()) && !aborted && this.stopped === null;
  }

  /** Whether one frame passes now. */
  async test(frame: number): Promise<boolean> {
    if (this.#connections?.has(this.content.log.columns.connection(frame)) === false) return false;
    return this.#test.one(frame).catch((error) => {
      this.#fail(error);
      return false;
    });
  }

  /** Those of frames `from` to `to` (exclusive), all of one segment, that pass now; `null` when nobody can or wants to tell. */
  async testRange(segment: number, from: number, to: number): Promise<number[] | null> {
    const found: number[] = [];
    const { signal } = this.#abort;
    const onMatch = (frame: number) => found.push(frame);
    try {
      let next = from;
      while (next < to && !signal.aborted) {
        next = await this.#again.range(segment, next, to, this.#connections, performance.now() + SLICE_MS, onMatch);
        if (next < to) await nextTurn();
      }
    } catch (error) {
      this.#fail(error);
      return null;
    }
    return signal.aborted ? null : found;
  }

  /** A frame that was not reached yet has changed. */
  forget(frame: number): void {
    this.#test.forget?.(frame);
    if (this.#testing) this.#changed.add(frame);
  }

  #fail(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    this.stopped = error instanceof TooSlowError ? tooSlow(this.filter) : `Stopped: ${message}`;
    this.onSlice(true);
  }

  /** Of what changed while it was tested nobody knows whether it was tested before or after. */
  #tellStale(): void {
    if (this.#changed.size === 0) return;
    const stale = [...this.#changed].filter((frame) => frame < this.scanned);
    this.#changed.clear();
    if (stale.length > 0) this.onStale(stale);
  }

  async #loop(): Promise<void> {
    const { log } = this.content;
    let sliceEnd = performance.now() + SLICE_MS;
    const { signal } = this.#abort;
    let slices = 0;
    while (this.#hasMore) {
      const segment = log.segments.of(this.scanned);
      const horizon = Math.min(log.frames, this.limit());
      const to = Math.min(log.segments.all[segment + 1]?.first ?? horizon, horizon);
      const only = this.#connections;
      this.#testing = true;
      const next = await this.#test.range(segment, this.scanned, to, only, sliceEnd, this.onMatch, horizon);
      this.#testing = false;
      if (signal.aborted) return;
      this.scanned = next;
      this.#tellStale();
      if (performance.now() < sliceEnd) continue;
      this.onSlice(false);
      slices++;
      await nextTurn();
      sliceEnd = performance.now() + SLICE_MS;
    }
    this.onSlice(slices > 0);
  }
}
