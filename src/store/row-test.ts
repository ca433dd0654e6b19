import type { CompiledFilter, RowFacts } from '../core/filter/types';
import { type Direction, FLAG, FRAME_KINDS, type FrameKind } from '../core/model/frame';
import { NONE } from './columns';
import type { Content } from './content';
import { pairLatency } from './insight/pair-latency';
import type { FrameLog } from './log';
import { PayloadContent } from './payload-content';

/** Where rows stand in the log they were taken out of. */
export interface RowPlace {
  /** Number there of row 0. */
  first: number;
  /** Time of the log's earliest frame, ms since the epoch. */
  start: number;
  gaps: Float64Array;
  /** ms between request and reply; NaN where there is no pair, infinite without a reply. */
  latencies: Float64Array;
  /** Numbers there of the marked ones. */
  marked: ReadonlySet<number>;
}

/** Whether rows pass a filter. One object for many rows: facts and content are reused. */
export class RowTest {
  readonly #facts: ColumnFacts;
  readonly #content: PayloadContent;

  constructor(
    readonly filter: CompiledFilter,
    readonly content: Content,
    place: RowPlace | null = null,
  ) {
    this.#facts = place === null ? new ColumnFacts(content.log) : new PlacedFacts(content.log, place);
    this.#content = new PayloadContent(content);
  }

  /**
   * @param payload `null` when there is none, or when the filter needs none
   * @param text the payload as text, where that is known already
   */
  passes(frame: number, payload: Uint8Array | null, text: string | null = null): boolean {
    this.#facts.row = frame;
    return this.filter.test(this.#facts, this.#content.set(frame, payload, text));
  }
}

/** A row's facts, each read when it is asked for: filters look at one or two of them. */
class ColumnFacts implements RowFacts {
  row = 0;

  constructor(readonly log: FrameLog) {}

  get index(): number {
    return this.row;
  }
  get time(): number {
    return this.log.columns.time(this.row);
  }
  get sinceStart(): number {
    return this.time - this.log.start;
  }
  get gap(): number {
    const previous = this.log.columns.previous(this.row);
    return previous === NONE ? Number.NaN : this.time - this.log.columns.time(previous);
  }
  get connection(): number {
    return this.log.columns.connection(this.row);
  }
  get kind(): FrameKind {
    return FRAME_KINDS[this.log.columns.kind(this.row)];
  }
  get direction(): Direction {
    return (this.flags & FLAG.sent) !== 0 ? 'sent' : 'received';
  }
  get flags(): number {
    return this.log.columns.flags(this.row);
  }
  get length(): number {
    return this.log.columns.length(this.row);
  }
  get marked(): boolean {
    return this.log.marks.has(this.row);
  }
  get latency(): number {
    return pairLatency(this.log, this.row) ?? Number.NaN;
  }
  get unanswered(): boolean {
    return this.log.pairs.isUnanswered(this.row);
  }
}

/** Facts of rows that were taken out of their log. */
class PlacedFacts extends ColumnFacts {
  constructor(
    log: FrameLog,
    readonly place: RowPlace,
  ) {
    super(log);
  }

  override get index(): number {
    return this.place.first + this.row;
  }
  override get sinceStart(): number {
    return this.time - this.place.start;
  }
  override get gap(): number {
    return this.place.gaps[this.row];
  }
  override get marked(): boolean {
    return this.place.marked.has(this.index);
  }
  override get latency(): number {
    const latency = this.place.latencies[this.row];
    return latency === Number.POSITIVE_INFINITY ? Number.NaN : latency;
  }
  override get unanswered(): boolean {
    return this.place.latencies[this.row] === Number.POSITIVE_INFINITY;
  }
}
