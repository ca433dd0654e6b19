/** Whole numbers as ascending, disjoint, non-touching half-open intervals `[from, to)`. */
export type Intervals = readonly (readonly [number, number])[];

/** Every number there can be. */
export const ALL: Intervals = [[0, Number.POSITIVE_INFINITY]];

/** How many numbers there are. */
export function sizeOf(intervals: Intervals): number {
  let size = 0;
  for (const [from, to] of intervals) size += to - from;
  return size;
}

export function includes(intervals: Intervals, value: number): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervals[middle][1] <= value) low = middle + 1;
    else high = middle;
  }
  return low < intervals.length && intervals[low][0] <= value;
}

/** Intervals of numbers in any order. */
export function fromNumbers(numbers: Iterable<number>): Intervals {
  const sorted = Array.from(numbers).sort((a, b) => a - b);
  const result: [number, number][] = [];
  for (const value of sorted) {
    const last = result.at(-1);
    if (last && value <= last[1]) last[1] = Math.max(last[1], value + 1);
    else result.push([value, value + 1]);
  }
  return result;
}

/** The numbers of both. */
export function union(a: Intervals, b: Intervals): Intervals {
  const all = [...a, ...b].sort((x, y) => x[0] - y[0]);
  const result: [number, number][] = [];
  for (const [from, to] of all) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The same without one number if it was in, else with it. */
export function toggled(intervals: Intervals, value: number): Intervals {
  if (!includes(intervals, value)) return union(intervals, [[value, value + 1]]);
  const result: [number, number][] = [];
  for (const [from, to] of intervals) {
    if (value < from || value >= to) result.push([from, to]);
    else {
      if (from < value) result.push([from, value]);
      if (value + 1 < to) result.push([value + 1, to]);
    }
  }
  return result;
}

/** All numbers, ascending. The intervals must be finite. */
export function toNumbers(intervals: Intervals): number[] {
  const result: number[] = [];
  for (const [from, to] of intervals) for (let value = from; value < to; value++) result.push(value);
  return result;
}
