import { FLAG, FRAME_KINDS, type Frame, KIND } from '../model/frame';
import { extrasOf, type FrameExtras } from './frame-extras';

const SEGMENT_BYTES = 1 << 20;

/** Columns of a frame in one row of numbers. */
const COLUMNS = 4;

/** Counts of a connection's messages, as `Connection` has them. */
export interface HeldCounts {
  sentFrames: number;
  receivedFrames: number;
  sentBytes: number;
  receivedBytes: number;
}

/**
 * Keeps the frames of one connection until what must come before them is known. Costs 32 bytes a frame beside its
 * payload.
 */
export class FrameHold {
  #columns = new Float64Array(COLUMNS * 64);
  #frames = 0;
  #segments: Uint8Array[] = [];
  #filled = SEGMENT_BYTES;
  /** Of the few frames of which it is told. */
  readonly #extras = new Map<number, FrameExtras>();
  readonly counts: HeldCounts = { sentFrames: 0, receivedFrames: 0, sentBytes: 0, receivedBytes: 0 };

  /** Time of the first frame, ms since the epoch; `null` while there is none. */
  get firstTime(): number | null {
    return this.#frames === 0 ? null : this.#columns[0];
  }

  /** Copies the frame, its payload too. */
  add(frame: Frame): void {
    const at = this.#frames * COLUMNS;
    if (at === this.#columns.length) {
      const grown = new Float64Array(at * 2);
      grown.set(this.#columns);
      this.#columns = grown;
    }
    this.#columns[at] = frame.time;
    this.#columns[at + 1] = frame.length;
    this.#columns[at + 2] = KIND[frame.kind] * 256 + frame.flags;
    this.#columns[at + 3] = frame.payload.length;
    const extras = extrasOf(frame);
    if (Object.keys(extras).length > 0) this.#extras.set(this.#frames, extras);
    this.#frames++;
    this.#keep(frame.payload);
    this.#count(frame);
  }

  /** The frames in the order they were added, as frames of the connection. Payloads are views. Once: it lets go of them. */
  *frames(connection: number): Generator<Frame, void> {
    let segment = 0;
    let from = 0;
    for (let i = 0; i < this.#frames; i++) {
      const [time, length, kindAndFlags, bytes] = this.#columns.subarray(i * COLUMNS, (i + 1) * COLUMNS);
      if (bytes > 0 && from + bytes > this.#segments[segment].length) {
        this.#segments[segment++] = new Uint8Array(0);
        from = 0;
      }
      const payload = bytes === 0 ? new Uint8Array(0) : this.#segments[segment].subarray(from, from + bytes);
      from += bytes;
      const flags = kindAndFlags % 256;
      const kind = FRAME_KINDS[Math.floor(kindAndFlags / 256)];
      const direction = flags & FLAG.sent ? 'sent' : 'received';
      yield { time, connection, kind, direction, flags, length, payload, ...this.#extras.get(i) };
    }
  }

  /** A payload lies in one segment; one that does not fit into what is left begins the next. */
  #keep(payload: Uint8Array): void {
    if (payload.length === 0) return;
    const last = this.#segments[this.#segments.length - 1];
    if (last && this.#filled + payload.length <= SEGMENT_BYTES) {
      last.set(payload, this.#filled);
      this.#filled += payload.length;
      return;
    }
    if (last) this.#segments[this.#segments.length - 1] = last.subarray(0, this.#filled);
    const segment = new Uint8Array(Math.max(SEGMENT_BYTES, payload.length));
    segment.set(payload);
    this.#segments.push(segment);
    this.#filled = payload.length;
  }

  #count({ kind, direction, length }: Frame): void {
    if (kind !== 'text' && kind !== 'binary') return;
    if (direction === 'sent') {
      this.counts.sentFrames++;
      this.counts.sentBytes += length;
    } else {
      this.counts.receivedFrames++;
      this.counts.receivedBytes += length;
    }
  }
}
