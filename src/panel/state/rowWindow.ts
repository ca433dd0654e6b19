import type { FrameRow } from '../../core/messages/store';

/** Consecutive rows of a view; `from` is the place of the first. */
export interface RowWindow {
  from: number;
  rows: readonly FrameRow[];
}

/** Rows asked for on both sides of what is wanted, where little is asked for. */
const LITTLE_ROWS = 10;

/** Whether rows `first` to `last` (exclusive) are all here. */
export function covers(window: RowWindow, first: number, last: number): boolean {
  return first >= last || (first >= window.from && last <= window.from + window.rows.length);
}

/**
 * What to ask for next, so that the wanted rows and some around them are here; `null` when nothing is missing.
 * @param wanted rows that are looked at, `last` exclusive
 * @param rows how many there are
 * @param here what is here already
 * @param stale whether what is here must be asked for again
 * @param little whether to ask for little beyond what is wanted: at the tail, and while the user scrolls far in every
 * frame, the window is replaced many times a second
 */
export function windowFor(
  wanted: { first: number; last: number },
  rows: number,
  here: RowWindow,
  stale: boolean,
  little: boolean,
): { from: number; count: number } | null {
  const first = Math.max(0, Math.min(wanted.first, rows));
  const last = Math.max(first, Math.min(wanted.last, rows));
  if (first === last) return null;
  const size = last - first;
  const margin = little ? 0 : size;
  const enough = covers(here, Math.max(0, first - margin), Math.min(rows, last + margin));
  if (enough && !stale) return null;
  const pad = little ? LITTLE_ROWS : size * 2;
  const from = Math.max(0, first - pad);
  return { from, count: Math.min(rows, last + pad) - from };
}
