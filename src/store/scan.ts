import type { CompiledFilter } from '../core/filter/types';
import type { Content } from './content';
import { RangeTest } from './range-test';
import { nextTurn, SLICE_MS } from './turns';

/** Goes through a log once, in slices, and on with it as it grows. */
export class Scan {
  /** Frames tested, from the first. */
  scanned = 0;
  /** Why the scan was given up, in words for the user. */
  stopped: string | null = null;
  readonly #test: RangeTest;
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
    this.#test = new RangeTest(filter, content);
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
    return this.#test.one(frame);
  }

  async #loop(): Promise<void> {
    const { log } = this.content;
    let sliceEnd = performance.now() + SLICE_MS;
    while (this.scanned < log.frames && !this.#cancelled && this.stopped === null) {
      const segment = log.segments.of(this.scanned);
      const to = Math.min(log.segments.all[segment + 1]?.first ?? log.frames, log.frames);
      await this.#test.prepare(segment, this.scanned, to);
      if (this.#cancelled) return;
      this.scanned = this.#test.run(segment, this.scanned, to, this.#connections, sliceEnd, this.onMatch);
      if (this.#test.blocked >= 0) await this.#one(this.#test.blocked);
      if (performance.now() < sliceEnd) continue;
      this.onSlice();
      await nextTurn();
      sliceEnd = performance.now() + SLICE_MS;
    }
    this.onSlice();
  }

  /** Tests a frame whose payload lies elsewhere than those of its neighbours. */
  async #one(frame: number): Promise<void> {
    const passes = await this.test(frame);
    if (this.#cancelled) return;
    if (passes) this.onMatch(frame);
    this.scanned = frame + 1;
  }
}
