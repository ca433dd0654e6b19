import { NOT_IN_PLACE } from '../core/batch/read';
import type { FrameLog } from './log';

// WHATWG calls it windows-1252: one UTF-16 unit a byte, and ASCII as it is, which is all that is needed here.
const latin1 = new TextDecoder('latin1');
const BEYOND_ASCII = /[^\0-\x7f]/;

/**
 * The payloads of one segment as one string, a unit a byte. To decode a segment at once and slice it is many times
 * faster than to decode each of its frames.
 */
export class SegmentText {
  text = '';
  /** Where the string begins in the segment. */
  from = 0;
  #log: FrameLog | null = null;
  #segment = -1;
  #to = 0;
  #frame = 0;
  #ascii = false;

  /** Turns to a segment, from the payload of frame `frame` on. */
  open(log: FrameLog, segment: number, data: Uint8Array, frame: number): void {
    const { bytes, first, rows } = log.segments.all[segment];
    const same = log === this.#log && segment === this.#segment && bytes === this.#to;
    if (same && frame >= this.#frame) return;
    this.#log = log;
    this.#frame = frame;
    this.#segment = segment;
    this.#to = bytes;
    this.from = bytes;
    for (let row = frame; row < first + rows; row++) {
      if (log.columns.segment(row) !== segment || (log.columns.flags(row) & NOT_IN_PLACE) !== 0) continue;
      this.from = log.columns.offset(row);
      break;
    }
    this.text = latin1.decode(data.subarray(this.from, bytes));
    this.#ascii = !BEYOND_ASCII.test(this.text);
  }

  /** Bytes `start` to `end` of the segment as text; `null` when they are not ASCII and have to be decoded. */
  slice(start: number, end: number): string | null {
    const text = this.text.slice(start - this.from, end - this.from);
    return this.#ascii || !BEYOND_ASCII.test(text) ? text : null;
  }
}
