import type { Frames } from './frames';
import type { Link } from './link';

/** Where the user wants to go: a row, counted from 1, or a moment, in ms since the epoch. */
export type Destination = { type: 'row'; row: number } | { type: 'time'; time: number };

/**
 * Reads `1234`, `12:34`, `12:34:56` or `12:34:56.789`. Of the days on which there is such a time it is the one within the
 * log, and of several the nearest.
 * @param near where the user is in the log, ms since the epoch
 * @param log its ends, in either order
 * @returns `null` for anything else
 */
export function parseDestination(text: string, near: number, log: readonly [number, number]): Destination | null {
  const plain = text.trim().replaceAll(',', '').replace(/^#/, '');
  if (/^\d+$/.test(plain)) return { type: 'row', row: Number(plain) };
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?$/.exec(plain);
  if (!match) return null;
  const days = [0, -1, 1].map((days) => {
    const date = new Date(near);
    date.setDate(date.getDate() + days);
    date.setHours(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), 0);
    return date.getTime() + Number(match[4] ?? 0) * 1000;
  });
  const outside = (time: number): number => Math.max(Math.min(...log) - time, 0, time - Math.max(...log));
  const distance = (time: number): number => Math.abs(time - near);
  const [time] = days.sort((a, b) => outside(a) - outside(b) || distance(a) - distance(b));
  return { type: 'time', time };
}

/** Times of the first and the last row. */
export async function endsOf(link: Link, frames: Frames): Promise<[number, number]> {
  const { view, rows } = frames.state.peek();
  const ask = (from: number) => link.store.call('rows', { view, from, count: 1 });
  const [[first], [last]] = await Promise.all([ask(0), ask(Math.max(0, rows - 1))]);
  return [first?.time ?? 0, last?.time ?? 0];
}

/** The first row at or after a moment; the rows must be in the order of time. */
export async function rowAtTime(link: Link, frames: Frames, time: number, descending: boolean): Promise<number> {
  const { view, rows } = frames.state.peek();
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [row] = await link.store.call('rows', { view, from: middle, count: 1 });
    if (!row) break;
    if (descending ? row.time > time : row.time < time) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, rows - 1);
}
