import type { CompiledFilter } from '../core/filter/types';
import type { ViewSpec, ViewState } from '../core/messages/store';
import type { Content } from './content';
import { FrameList } from './frame-list';
import { Order, sortKey } from './order';
import type { ProberPool } from './prober-pool';
import { Scan } from './scan';
import { type Span, spansOf } from './spans';

/** The frames of a log that pass a filter, in the order that the panel asked for. Grows with the log. */
export class View {
  readonly #scan: Scan | null;
  readonly #matches = new FrameList();
  readonly #order: Order | null;
  /** What is tested again goes one after the other: what was found out last counts. */
  #retests: Promise<void> = Promise.resolve();

  /**
   * @param id number that the panel chose
   * @param onChange told when there is more, as often as that happens; `whole`: a long search came to its end
   * @param limit how many frames may be tested by now, where the filter needs what is found out later
   */
  constructor(
    readonly id: number,
    readonly spec: ViewSpec,
    readonly filter: CompiledFilter,
    readonly content: Content,
    prober: ProberPool | null,
    readonly onChange: (whole: boolean) => void,
    limit?: () => number,
  ) {
    const all = filter.matchesAll && spec.connections === null;
    this.#scan = all
      ? null
      : new Scan(
          spec.query,
          filter,
          spec.connections,
          content,
          prober,
          (frame) => this.#matches.push(frame),
          onChange,
          limit,
        );
    if (this.#scan !== null) this.#scan.onStale = (frames) => void this.retestAll(frames);
    const key = sortKey(content.log, spec.sort.column);
    this.#order = key === null ? null : new Order(key);
  }

  /** Whether the rows are in the order of the log, or in the reverse one. */
  get inLogOrder(): boolean {
    return this.#order === null;
  }

  get rows(): number {
    return this.#scan === null ? this.content.log.frames : this.#matches.length;
  }

  /** Whether frames that are there were not tested yet, and will be. */
  get searching(): boolean {
    return this.#scan !== null && this.#scan.stopped === null && this.#scan.scanned < this.content.log.frames;
  }

  state(): ViewState {
    const total = this.content.log.frames;
    return {
      view: this.id,
      rows: this.rows,
      scanned: this.#scan?.scanned ?? total,
      total,
      problems: this.filter.problems,
      stopped: this.#scan?.stopped ?? null,
    };
  }

  /** The log has grown. */
  wake(): void {
    if (this.#scan === null) this.onChange(false);
    else this.#scan.wake();
  }

  /** Resolves when all frames that are there now were tested, or the view was closed. */
  async settled(): Promise<void> {
    await this.#scan?.run();
  }

  /** A frame has changed: its payload came, or it was marked. */
  retest(frame: number): Promise<void> {
    return this.retestAll([frame]);
  }

  /** Many frames have changed: their payloads were let go. Resolves when what passes now is known. */
  async retestAll(frames: readonly number[]): Promise<void> {
    const scan = this.#scan;
    if (scan === null) return;
    const tested: number[] = [];
    for (const frame of frames) {
      if (frame < scan.scanned) tested.push(frame);
      else scan.forget(frame);
    }
    if (tested.length === 0) return;
    this.#retests = this.#retests.then(() => this.#retestSpans(scan, spansOf(this.content.log, tested)));
    await this.#retests;
  }

  async #retestSpans(scan: Scan, spans: Span[]): Promise<void> {
    for (const { segment, from, to } of spans) {
      const found = await (to - from === 1
        ? scan.test(from).then((passes) => (passes ? [from] : []))
        : scan.testRange(segment, from, to));
      if (found === null || !this.#matches.replace(from, to, found)) continue;
      this.#order?.reset();
      this.onChange(false);
    }
  }

  close(): void {
    this.#scan?.cancel();
  }

  /** Frame numbers of rows `from` to `to` (exclusive). */
  frames(from: number, to: number): number[] {
    const end = Math.min(to, this.rows);
    const frames: number[] = [];
    if (this.#order === null) {
      for (let row = from; row < end; row++) frames.push(this.#inLogOrder(this.#placeOf(row)));
    } else {
      const sorted = this.#sorted(this.#order);
      for (let row = from; row < end; row++) frames.push(sorted[this.#placeOf(row)]);
    }
    return frames;
  }

  /** Row of a frame, or of the nearest frame before it in the log; -1 if there is none. */
  place(frame: number): { row: number; exact: boolean } {
    const index = this.#scan === null ? Math.min(frame + 1, this.rows) : this.#matches.search(frame + 1);
    if (index === 0) return { row: -1, exact: false };
    const found = this.#inLogOrder(index - 1);
    const place = this.#order === null ? index - 1 : this.#sorted(this.#order).indexOf(found);
    return { row: this.#placeOf(place), exact: found === frame };
  }

  #inLogOrder(index: number): number {
    return this.#scan === null ? index : this.#matches.at(index);
  }

  /** Row to place in ascending order, and back. */
  #placeOf(row: number): number {
    return this.spec.sort.descending ? this.rows - 1 - row : row;
  }

  #sorted(order: Order): Uint32Array {
    return order.update(this.rows, (from) => {
      if (this.#scan !== null) return this.#matches.slice(from);
      return Uint32Array.from({ length: this.rows - from }, (_, index) => from + index);
    });
  }
}
