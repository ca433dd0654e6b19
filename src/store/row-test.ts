import type { CompiledFilter, RowFacts } from '../core/filter/types';
import { FLAG, FRAME_KINDS } from '../core/model/frame';
import { NONE } from './columns';
import { type Content, PayloadContent } from './content';

/** Whether rows pass a filter. One object for many rows: facts and content are reused. */
export class RowTest {
  readonly #facts: RowFacts = {
    index: 0,
    time: 0,
    sinceStart: 0,
    gap: 0,
    connection: 0,
    kind: 'text',
    direction: 'received',
    flags: 0,
    length: 0,
    marked: false,
  };
  readonly #content: PayloadContent;

  constructor(
    readonly filter: CompiledFilter,
    readonly content: Content,
  ) {
    this.#content = new PayloadContent(content);
  }

  /**
   * @param payload `null` when there is none, or when the filter needs none
   * @param text the payload as text, where that is known already
   */
  passes(frame: number, payload: Uint8Array | null, text: string | null = null): boolean {
    const { log } = this.content;
    const { columns } = log;
    const facts = this.#facts;
    const previous = columns.previous(frame);
    facts.index = frame;
    facts.time = columns.time(frame);
    facts.sinceStart = facts.time - log.start;
    facts.gap = previous === NONE ? 0 : facts.time - columns.time(previous);
    facts.connection = columns.connection(frame);
    facts.kind = FRAME_KINDS[columns.kind(frame)];
    facts.flags = columns.flags(frame);
    facts.direction = (facts.flags & FLAG.sent) !== 0 ? 'sent' : 'received';
    facts.length = columns.length(frame);
    facts.marked = log.marks.has(frame);
    return this.filter.test(facts, this.#content.set(frame, payload, text));
  }
}
