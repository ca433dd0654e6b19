import type { KnownMessage } from '../message';
import { OTHERS } from './kind-patterns';
import { RecentRate } from './recent-rate';

/** What is counted of one pattern in one direction. */
export interface KindCount {
  pattern: number;
  sent: boolean;
  frames: number;
  bytes: number;
  /** ms since the epoch. */
  last: number;
  recent: RecentRate;
}

/** How many more counts may be made, by all that share it. */
export interface Room {
  left: number;
}

/** Messages counted by pattern and direction. Without room, what is new is counted with the others. */
export class KindCounts {
  readonly #counts = new Map<number, KindCount>();

  constructor(readonly room: Room) {}

  add(pattern: number, { sent, time, bytes }: KnownMessage): void {
    const count = this.#get(pattern, sent);
    count.frames++;
    count.bytes += bytes;
    if (time > count.last) count.last = time;
    count.recent.count(time);
  }

  /** All counted under `from` belongs to `to` now. */
  merge(from: number[], to: number): void {
    for (const pattern of from) {
      for (const sent of [false, true]) {
        const gone = this.#counts.get(keyOf(pattern, sent));
        if (gone === undefined) continue;
        this.#counts.delete(keyOf(pattern, sent));
        this.room.left++;
        const count = this.#get(to, sent);
        count.frames += gone.frames;
        count.bytes += gone.bytes;
        count.last = Math.max(count.last, gone.last);
        count.recent.merge(gone.recent);
      }
    }
  }

  list(): KindCount[] {
    return [...this.#counts.values()];
  }

  #get(pattern: number, sent: boolean): KindCount {
    const known = this.#counts.get(keyOf(pattern, sent));
    if (known !== undefined) return known;
    if (this.room.left <= 0 && pattern !== OTHERS) return this.#get(OTHERS, sent);
    this.room.left--;
    const made = { pattern, sent, frames: 0, bytes: 0, last: Number.NEGATIVE_INFINITY, recent: new RecentRate() };
    this.#counts.set(keyOf(pattern, sent), made);
    return made;
  }
}

function keyOf(pattern: number, sent: boolean): number {
  return pattern * 2 + (sent ? 1 : 0);
}
