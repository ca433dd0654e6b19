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
  /** `null` until somebody asks. */
  #ascii: boolean | null = null;

  /** The segment in place, as bytes. */
  #data: Uint8Array = new Uint8Array(0);

  /** Turns to a segment, from the payload of frame `frame` on. */
  open(log: FrameLog, segment: number, data: Uint8Array, frame: number): void {
    const { bytes, first, rows } = log.segments.all[segment];
    const same = log === this.#log && segment === this.#segment && bytes === this.#to && data === this.#data;
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
    this.#data = data;
    this.#ascii = null;
  }

  /** Bytes `start` to `end` of the segment as text; `null` when they are not ASCII and have to be decoded. */
  slice(start: number, end: number): string | null {
    this.#ascii ??= this.#isAscii();
    const text = this.text.slice(start - this.from, end - this.from);
    return this.#ascii || !BEYOND_ASCII.test(text) ? text : null;
  }

  #isAscii(): boolean {
    const segment = this.#log?.segments.all[this.#segment];
    if (segment === undefined) return false;
    if (segment.ascii !== null) return segment.ascii;
    const ascii = isAscii(this.#data.subarray(this.from, this.#to));
    // What holds for a part of it, or before it is full, may not hold for the whole.
    if (segment.full && (this.from === 0 || !ascii)) segment.ascii = ascii;
    return ascii;
  }
}

const NO_PAIRS = new Uint32Array(0);

/** Looks at eight bytes at a time: four times as fast as a regex over the text. */
function isAscii(bytes: Uint8Array): boolean {
  const head = Math.min(bytes.length, (8 - (bytes.byteOffset & 7)) & 7);
  const words = (bytes.length - head) >> 3;
  const pairs = words === 0 ? NO_PAIRS : new Uint32Array(bytes.buffer, bytes.byteOffset + head, words * 2);
  for (let i = 0; i < pairs.length; i += 2) if (((pairs[i] | pairs[i + 1]) & 0x80808080) !== 0) return false;
  for (let i = 0; i < head; i++) if (bytes[i] > 0x7f) return false;
  for (let i = head + words * 8; i < bytes.length; i++) if (bytes[i] > 0x7f) return false;
  return true;
}
