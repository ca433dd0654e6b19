import type { ViewSpec } from '../core/messages/store';
import { FLAG } from '../core/model/frame';
import type { Columns } from './columns';

/** A number to sort frames by; equal ones stay in the order of the log. */
export type SortKey = (frame: number) => number;

/** @returns the key of a column of the grid, an unsigned integer of 32 bits; `null` for the order of the log */
export function sortKey(columns: Columns, column: ViewSpec['sort']['column']): SortKey | null {
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

/** Stable sort by a key of 32 bits, in passes of 16 bits: a million frames take some 20 ms. */
export function radixSort(frames: Uint32Array, key: SortKey): Uint32Array {
  let from: Uint32Array = frames.slice();
  let to: Uint32Array = new Uint32Array(frames.length);
  const counts = new Uint32Array(0x10000 + 1);
  for (let shift = 0; shift < 32; shift += 16) {
    counts.fill(0);
    for (const frame of from) counts[((key(frame) >>> shift) & 0xffff) + 1]++;
    // Where all have the same digits there is nothing to move.
    if (counts.indexOf(from.length) > 0) continue;
    for (let digit = 1; digit < counts.length; digit++) counts[digit] += counts[digit - 1];
    for (const frame of from) to[counts[(key(frame) >>> shift) & 0xffff]++] = frame;
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
