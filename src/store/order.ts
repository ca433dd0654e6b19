import type { ViewSpec } from '../core/messages/store';
import { FLAG } from '../core/model/frame';
import type { FrameLog } from './log';

/** A whole number below 2^48 to sort frames by; equal ones stay in the order of the log. */
export type SortKey = (frame: number) => number;

/** @returns the key of a column of the grid; `null` where the log is in that order */
export function sortKey(log: FrameLog, column: ViewSpec['sort']['column']): SortKey | null {
  const { columns } = log;
  // In microseconds: 2^48 of them are nine years.
  if (column === 'time' && log.unordered) {
    return (frame) => Math.min(2 ** 48 - 1, Math.floor((columns.time(frame) - log.earliest) * 1000));
  }
  if (column === 'length') return (frame) => columns.length(frame);
  if (column === 'direction') return (frame) => columns.flags(frame) & FLAG.sent;
  if (column === 'kind') return (frame) => columns.kind(frame);
  return null;
}

/** The rows of a view sorted by a column. Grows with the log: what is new is sorted alone and merged in. */
export class Order {
  #sorted: Uint32Array = new Uint32Array(0);
  /** How many of the view's rows, in the order of the log, are sorted in. */
  #taken = 0;

  constructor(readonly key: SortKey) {}

  /** Starts over: rows were inserted or removed in the middle. */
  reset(): void {
    this.#sorted = new Uint32Array(0);
    this.#taken = 0;
  }

  /**
   * @param length number of the view's rows
   * @param frames gives those from an index on, in the order of the log
   * @returns all of them, sorted
   */
  update(length: number, frames: (from: number) => Uint32Array): Uint32Array {
    if (length > this.#taken) {
      const added = radixSort(frames(this.#taken), this.key);
      this.#sorted = this.#taken === 0 ? added : merge(this.#sorted, added, this.key);
      this.#taken = length;
    }
    return this.#sorted;
  }
}

const DIGIT = 0x10000;

/** Stable sort by a key below 2^48, in passes of 16 bits: a million frames take some 20 ms. */
export function radixSort(frames: Uint32Array, key: SortKey): Uint32Array {
  let from: Uint32Array = frames.slice();
  let to: Uint32Array = new Uint32Array(frames.length);
  const counts = new Uint32Array(DIGIT + 1);
  for (let scale = 1; scale < 2 ** 48; scale *= DIGIT) {
    counts.fill(0);
    for (const frame of from) counts[(Math.floor(key(frame) / scale) % DIGIT) + 1]++;
    // Where all have the same digit there is nothing to move.
    if (counts.indexOf(from.length) > 0) continue;
    for (let digit = 1; digit < counts.length; digit++) counts[digit] += counts[digit - 1];
    for (const frame of from) to[counts[Math.floor(key(frame) / scale) % DIGIT]++] = frame;
    [from, to] = [to, from];
  }
  return from;
}

function merge(left: Uint32Array, right: Uint32Array, key: SortKey): Uint32Array {
  const merged = new Uint32Array(left.length + right.length);
  let l = 0;
  let r = 0;
  for (let i = 0; i < merged.length; i++) {
    const takeLeft = r === right.length || (l < left.length && key(left[l]) <= key(right[r]));
    merged[i] = takeLeft ? left[l++] : right[r++];
  }
  return merged;
}
