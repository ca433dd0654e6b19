import type { Room } from '../kinds/kind-counts';
import { OTHERS } from '../kinds/kind-patterns';
import { Percentiles } from '../percentiles';

/** What is counted of the requests of one pattern. */
export interface PairCount {
  pattern: number;
  requests: number;
  errors: number;
  latency: Percentiles;
  /** Requests that are still open, or that were given up. */
  unanswered: number;
  /** What this was merged into. */
  into: PairCount | null;
}

/** Where something is counted now that was counted in `count`. */
export function presentCount(count: PairCount): PairCount {
  let present = count;
  while (present.into !== null) present = present.into;
  return present;
}

/** Requests counted by pattern. Without room, what is new is counted with the others. */
export class PairCounts {
  readonly #counts = new Map<number, PairCount>();

  constructor(readonly room: Room) {}

  /** What is counted of a pattern, to be added to. */
  of(pattern: number): PairCount {
    const known = this.#counts.get(pattern);
    if (known !== undefined) return known;
    if (this.room.left <= 0 && pattern !== OTHERS) return this.of(OTHERS);
    this.room.left--;
    const made = { pattern, requests: 0, errors: 0, latency: new Percentiles(), unanswered: 0, into: null };
    this.#counts.set(pattern, made);
    return made;
  }

  /** All counted under `from` belongs to `to` now. */
  merge(from: number[], to: number): void {
    for (const pattern of from) {
      const gone = this.#counts.get(pattern);
      if (gone === undefined) continue;
      this.#counts.delete(pattern);
      this.room.left++;
      const count = this.of(to);
      count.requests += gone.requests;
      count.errors += gone.errors;
      count.unanswered += gone.unanswered;
      count.latency.merge(gone.latency);
      gone.into = count;
    }
  }

  list(): PairCount[] {
    return [...this.#counts.values()];
  }
}
