import type { CompiledFilter } from '../core/filter/types';
import { createFrameTest, type FrameTest } from './frame-test';
import type { ProberPool } from './prober-pool';
import { nextTurn, SLICE_MS } from './turns';
import type { View } from './view';

/** What is looked for, and where regexes are tried. */
export interface Sought {
  query: string;
  filter: CompiledFilter;
  prober: ProberPool | null;
}

/**
 * The next row of a view that passes a query.
 * @param from the first row looked at
 * @returns -1 when there is none in that direction
 * @throws {TooSlowError} when a regex takes too long
 */
export function findRow(view: View, sought: Sought, from: number, backwards: boolean): Promise<number> {
  if (from < 0 || from >= view.rows) return Promise.resolve(-1);
  const { query, filter, prober } = sought;
  const test = createFrameTest(query, filter, view.content, prober, new AbortController().signal);
  return view.inLogOrder ? findInLog(view, test, from, backwards) : findByRow(view, test, from, backwards);
}

/** Segment by segment, as scans do. */
async function findInLog(view: View, test: FrameTest, from: number, backwards: boolean): Promise<number> {
  const { log } = view.content;
  // The direction in the log is the other one where the view begins with the latest.
  const down = backwards !== view.spec.sort.descending;
  const [start] = view.frames(from, from + 1);
  for (
    let segment = log.segments.of(start);
    segment >= 0 && segment < log.segments.all.length;
    segment += down ? -1 : 1
  ) {
    const first = log.segments.all[segment].first;
    const end = log.segments.all[segment + 1]?.first ?? log.frames;
    const low = down ? first : Math.max(first, start);
    const high = down ? Math.min(end, start + 1) : end;
    const row = await findInSegment(view, test, segment, low, high, down);
    if (row >= 0) return row;
  }
  return -1;
}

async function findInSegment(view: View, test: FrameTest, segment: number, low: number, high: number, down: boolean) {
  const only = view.spec.connections === null ? null : new Set(view.spec.connections);
  let found = -1;
  let next = low;
  while (next < high) {
    const take = (frame: number) => {
      if (found >= 0 && !down) return;
      const { row, exact } = view.place(frame);
      if (exact) found = row;
    };
    next = await test.range(segment, next, high, only, performance.now() + SLICE_MS, take);
    if (found >= 0 && !down) break;
    await nextTurn();
  }
  return found;
}

/** Row by row, where the view is sorted by something else than time. */
async function findByRow(view: View, test: FrameTest, from: number, backwards: boolean): Promise<number> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (let row = from; row >= 0 && row < view.rows; row += backwards ? -1 : 1) {
    if (await test.one(view.frames(row, row + 1)[0])) return row;
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    sliceEnd = performance.now() + SLICE_MS;
  }
  return -1;
}
