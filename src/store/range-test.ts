import { NOT_IN_PLACE } from '../core/batch/read';
import type { CompiledFilter } from '../core/filter/types';
import { LONGEST_PATTERN, literalRegex } from '../core/filter/values/literal';
import { KIND } from '../core/model/frame';
import { NOWHERE } from './columns';
import type { Content } from './content';
import { type RowPlace, RowTest } from './row-test';
import { SegmentFetch } from './segment-fetch';
import { SegmentText } from './segment-text';

/** Tests between two looks at the clock. */
const STRIDE = 32;
/** Rows passed over between two looks at the clock. */
const STRIDE_ROWS = 4096;

/**
 * Tests frames against a filter, range by range. Where the filter names words that a frame must contain, the payloads of
 * a segment are searched for the longest of them in one go, and only frames that have it are tested.
 */
export class RangeTest {
  /** Where {@link run} stopped because the next frame's payload, or a function's word of it, has to be fetched; else -1. */
  blocked = -1;
  readonly #rowTest: RowTest;
  readonly #text = new SegmentText();
  readonly #word: RegExp | null;
  readonly #wordLength: number;
  /** Frames that have the word pass: there is nothing else to test. */
  readonly #wordSuffices: boolean;
  /** Payloads of the segment that was prepared. */
  #data: Uint8Array | null = null;
  readonly #fetch: SegmentFetch;
  // The latest connection asked about, and whether its text and binary frames have to be decoded.
  #connection = -1;
  #moreInText = false;
  #moreInBinary = false;

  constructor(
    readonly filter: CompiledFilter,
    readonly content: Content,
    place: RowPlace | null = null,
  ) {
    this.#rowTest = new RowTest(filter, content, place);
    this.#fetch = new SegmentFetch(content.log);
    const word = filter.mustContain
      .filter(({ length }) => length <= LONGEST_PATTERN)
      .reduce((longest, next) => (next.length > longest.length ? next : longest), '');
    this.#word = word === '' ? null : literalRegex(word, 'g');
    this.#wordLength = word.length;
    this.#wordSuffices = filter.mustContainSuffices && filter.mustContain.length === 1 && word !== '';
  }

  /** Whether one frame passes, whatever has to be fetched for that. */
  async one(frame: number): Promise<boolean> {
    const { log } = this.content;
    if (this.filter.needsDecoded) {
      await this.content.prepare(log.columns.connection(frame));
      await this.content.runFrom(frame);
    }
    return this.#rowTest.passes(frame, this.filter.needsContent ? await log.payload(frame) : null);
  }

  /** Brings into memory what {@link run} needs of a segment. @param to frame after the last that will be tested */
  async prepare(segment: number, from: number, to: number): Promise<void> {
    if (!this.filter.needsContent) return;
    this.#data = await this.#fetch.get(segment);
    if (!this.filter.needsDecoded) return;
    await this.content.prepareAll(from, to);
    this.#connection = -1;
  }

  /**
   * Tests frames `from` to `to` (exclusive), all of one segment, until the clock says `deadline`.
   * @param only tells by connection which frames are meant
   * @returns the first frame that was not tested
   */
  run(
    segment: number,
    from: number,
    to: number,
    only: ReadonlySet<number> | null,
    deadline: number,
    onMatch: (frame: number) => void,
  ): number {
    const { log } = this.content;
    const { columns } = log;
    const { needsContent, needsDecoded, matchesAll } = this.filter;
    const data = needsContent ? this.#data : null;
    const searching = this.#word !== null && data !== null;
    this.blocked = -1;
    let hit = -1;
    let tests = 0;
    if (data !== null) this.#text.open(log, segment, data, from);
    for (let frame = from; frame < to; frame++) {
      if (frame % STRIDE_ROWS === 0 && performance.now() >= deadline) return frame;
      if (only !== null && !only.has(columns.connection(frame))) continue;
      if (!needsContent) {
        if (matchesAll || this.#rowTest.passes(frame, null)) onMatch(frame);
        continue;
      }
      if (needsDecoded && this.content.lacksAnswer(frame)) {
        this.blocked = frame;
        return frame;
      }
      const inPlace = columns.segment(frame) === segment && (columns.flags(frame) & NOT_IN_PLACE) === 0;
      if (searching && inPlace && !this.#saysMore(frame)) {
        const start = columns.offset(frame);
        if (hit < start) hit = this.#search(start);
        if (hit + this.#wordLength > start + columns.length(frame)) continue;
        if (this.#wordSuffices) {
          onMatch(frame);
          if (++tests % STRIDE === 0 && performance.now() >= deadline) return frame + 1;
          continue;
        }
      }
      if (inPlace && data !== null) {
        const offset = columns.offset(frame);
        const end = offset + columns.length(frame);
        const text = columns.kind(frame) === KIND.binary ? null : this.#text.slice(offset, end);
        if (this.#rowTest.passes(frame, data.subarray(offset, end), text)) onMatch(frame);
      } else {
        const payload = columns.segment(frame) === NOWHERE ? null : log.payloadNow(frame);
        if (payload === undefined) {
          this.blocked = frame;
          return frame;
        }
        if (this.#rowTest.passes(frame, payload)) onMatch(frame);
      }
      if (++tests % STRIDE === 0 && performance.now() >= deadline) return frame + 1;
    }
    return to;
  }

  /** Place in the segment where the word is found next, from `start` on. */
  #search(start: number): number {
    const word = this.#word as RegExp;
    const { text, from } = this.#text;
    word.lastIndex = start - from;
    return word.test(text) ? word.lastIndex - this.#wordLength + from : Number.POSITIVE_INFINITY;
  }

  #saysMore(frame: number): boolean {
    if (!this.filter.needsDecoded) return false;
    const connection = this.content.log.columns.connection(frame);
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#moreInText = this.content.saysMoreIn(connection, true);
      this.#moreInBinary = this.content.saysMoreIn(connection, false);
    }
    const kind = this.content.log.columns.kind(frame);
    if (kind > KIND.binary) return false;
    return kind === KIND.text ? this.#moreInText : this.#moreInBinary;
  }
}
