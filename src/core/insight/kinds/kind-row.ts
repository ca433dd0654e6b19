import type { Direction } from '../../model/frame';

/** One kind of message in one direction, as the panel lists it. */
export interface KindRow {
  /** The decoder's kind, or what many kinds have in common with `#` for the rest; empty where it has none. */
  kind: string;
  /** Stands for all kinds beyond those that are told apart. */
  others: boolean;
  direction: Direction;
  frames: number;
  bytes: number;
  /** Messages a second, in the last seconds of the log. */
  rate: number;
  /** When the latest came, ms since the epoch. */
  last: number;
  /** Messages in each of the last 60 seconds of the log, the oldest first. */
  recent: number[];
  /** The query that finds these messages; `null` where there is none. */
  filter: string | null;
}
