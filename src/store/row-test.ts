import type { CompiledFilter, RowFacts } from '../core/filter/types';
import { type Direction, FLAG, FRAME_KINDS, type FrameKind } from '../core/model/frame';
import { NONE } from './columns';
import { type Content, PayloadContent } from './content';
import type { FrameLog } from './log';

/** Whether rows pass a filter. One object for many rows: facts and content are reused. */
export class RowTest {
  readonly #facts: ColumnFacts;
  readonly #content: PayloadContent;

  constructor(
    readonly filter: CompiledFilter,
    readonly content: Content,
  ) {
    this.#facts = new ColumnFacts(content.log);
    this.#content = new PayloadContent(content);
  }

  /**
   * @param payload `null` when there is none, or when the filter needs none
   * @param text the payload as text, where that is known already
   */
  passes(frame: number, payload: Uint8Array | null, text: string | null = null): boolean {
    this.#facts.index = frame;
    return this.filter.test(this.#facts, this.#content.set(frame, payload, text));
  }
}

/** A row's facts, each read when it is asked for: filters look at one or two of them. */
class ColumnFacts implements RowFacts {
  index = 0;

  constructor(readonly log: FrameLog) {}

  get time(): number {
    return this.log.columns.time(this.index);
  }
  get sinceStart(): number {
    return this.time - this.log.start;
  }
  get gap(): number {
    const previous = this.log.columns.previous(this.index);
    return previous === NONE ? 0 : this.time - this.log.columns.time(previous);
  }
  get connection(): number {
    return this.log.columns.connection(this.index);
  }
  get kind(): FrameKind {
    return FRAME_KINDS[this.log.columns.kind(this.index)];
  }
  get direction(): Direction {
    return (this.flags & FLAG.sent) !== 0 ? 'sent' : 'received';
  }
  get flags(): number {
    return this.log.columns.flags(this.index);
  }
  get length(): number {
    return this.log.columns.length(this.index);
  }
  get marked(): boolean {
    return this.log.marks.has(this.index);
  }
}
