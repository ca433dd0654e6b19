import type { CompiledFilter } from '../core/filter/types';
import { createFrameTest, type FrameTest } from './frame-test';
import { TooSlowError, tooSlow } from './prober';
import type { ProberPool } from './prober-pool';
import { nextTurn, SLICE_MS } from './turns';
import type { View } from './view';

/** What is looked for, and where regexes are tried. */
export interface Sought {
  query: string;
  filter: CompiledFilter;
  prober: ProberPool | null;
  /** Aborted when nobody wants to know any more. */
  signal: AbortSignal;
}

/** What a search came to. */
export interface FoundRow {
  /** -1 when there is none in that direction, or the search was given up. */
  row: number;
  /** Why it was given up, in words for the user; `null` also where nobody wanted to know any more. */
  stopped: string | null;
}

/** A search that is under way. */
interface Search {
  view: View;
  test: FrameTest;
  signal: AbortSignal;
}

/**
 * The next row of a view that passes a query.
 * @param from the first row looked at
 */
export async function findRow(view: View, sought: Sought, from: number, backwards: boolean): Promise<FoundRow> {
  if (from < 0 || from >= view.rows) return { row: -1, stopped: null };
  const { query, filter, prober, signal } = sought;
  const search = { view, test: createFrameTest(query, filter, view.content, prober, signal), signal };
  try {
    const row = await (view.inLogOrder ? findInLog(search, from, backwards) : findByRow(search, from, backwards));
    return { row, stopped: null };
  } catch (error) {
    if (signal.aborted) return { row: -1, stopped: null };
    if (error instanceof TooSlowError) return { row: -1, stopped: tooSlow(filter) };
    throw error;
  }
}

/** Segment by segment, as scans do. */
async function findInLog(search: Search, from: number, backwards: boolean): Promise<number> {
  const { view } = search;
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
    const row = await findInSegment(search, segment, low, high, down);
    if (row >= 0) return row;
  }
  return -1;
}

async function findInSegment(
  { view, test, signal }: Search,
  segment: number,
  low: number,
  high: number,
  down: boolean,
): Promise<number> {
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
    signal.throwIfAborted();
  }
  return found;
}

/** Row by row, where the view is sorted by something else than time. */
async function findByRow({ view, test, signal }: Search, from: number, backwards: boolean): Promise<number> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (let row = from; row >= 0 && row < view.rows; row += backwards ? -1 : 1) {
    if (await test.one(view.frames(row, row + 1)[0])) return row;
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    signal.throwIfAborted();
    sliceEnd = performance.now() + SLICE_MS;
  }
  return -1;
}
