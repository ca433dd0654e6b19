import type { KnownMessage } from '../message';
import { KindCounts, type Room } from './kind-counts';
import { kindFilter } from './kind-filter';
import { KindPatterns, OTHERS } from './kind-patterns';
import type { KindRow } from './kind-row';

/** Counts kept for single connections, of about 350 bytes each; connections without any left have others only. */
const MOST_COUNTS = 8000;

/** The kinds of messages of a log, for each connection and for all together. Bounded; see {@link KindPatterns}. */
export class KindTable {
  readonly #patterns = new KindPatterns((from, to) => {
    for (const counts of [this.#all, ...this.#byConnection.values()]) counts.merge(from, to);
  });
  readonly #room: Room = { left: MOST_COUNTS };
  // Bounded by the number of patterns.
  readonly #all = new KindCounts({ left: Number.POSITIVE_INFINITY });
  readonly #byConnection = new Map<number, KindCounts>();
  /** Times of the earliest and latest message, ms since the epoch. */
  #start = Number.POSITIVE_INFINITY;
  #now = Number.NEGATIVE_INFINITY;

  add(message: KnownMessage): void {
    const pattern = this.#patterns.numberOf(message.kind);
    this.#start = Math.min(this.#start, message.time);
    this.#now = Math.max(this.#now, message.time);
    this.#all.add(pattern, message);
    let own = this.#byConnection.get(message.connection);
    if (own === undefined) {
      own = new KindCounts(this.#room);
      this.#byConnection.set(message.connection, own);
    }
    own.add(pattern, message);
  }

  /**
   * The kinds seen, those with most messages first, the others at the end.
   * @param connection number of one; `null` for all
   */
  rows(connection: number | null): KindRow[] {
    const counts = connection === null ? this.#all : this.#byConnection.get(connection);
    return (counts?.list() ?? [])
      .map(({ pattern, sent, frames, bytes, last, recent }): KindRow => {
        const others = pattern === OTHERS;
        const kind = others ? '' : this.#patterns.nameOf(pattern);
        return {
          kind,
          others,
          direction: sent ? 'sent' : 'received',
          frames,
          bytes,
          last,
          rate: recent.rate(this.#now, this.#start),
          recent: recent.seconds(this.#now),
          filter: others ? null : kindFilter(kind, sent),
        };
      })
      .sort(byCount);
  }
}

function byCount(one: KindRow, other: KindRow): number {
  if (one.others !== other.others) return one.others ? 1 : -1;
  return other.frames - one.frames || (one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0);
}
