import type { Frames } from './frames';
import type { Link } from './link';

/** Where the user wants to go: a row, counted from 1, or a moment, in ms since the epoch. */
export type Destination = { type: 'row'; row: number } | { type: 'time'; time: number };

/**
 * Reads `1234`, `12:34`, `12:34:56` or `12:34:56.789`, times of the day of the log.
 * @param day some moment of that day, ms since the epoch
 * @returns `null` for anything else
 */
export function parseDestination(text: string, day: number): Destination | null {
  const plain = text.trim().replaceAll(',', '').replace(/^#/, '');
  if (/^\d+$/.test(plain)) return { type: 'row', row: Number(plain) };
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?$/.exec(plain);
  if (!match) return null;
  const date = new Date(day);
  date.setHours(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), 0);
  return { type: 'time', time: date.getTime() + Number(match[4] ?? 0) * 1000 };
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
