/** Gaps that are remembered; the oldest go first. */
const MOST_GAPS = 64;

/** The times in which nothing came: those that are long, and the one until now. */
export class LongGaps {
  readonly #gaps: { end: number; ms: number }[] = [];
  /** When something last came, ms since the epoch; NaN before anything has. */
  last = Number.NaN;

  /** @param least Shorter gaps, in ms, are not remembered. */
  constructor(readonly least: number) {}

  /** Something came at `time`, ms since the epoch. */
  see(time: number): void {
    const ms = time - this.last;
    if (ms >= this.least) {
      this.#gaps.push({ end: time, ms });
      if (this.#gaps.length > MOST_GAPS) this.#gaps.shift();
    }
    this.last = time;
  }

  /** The longest that ended after `time` (ms since the epoch), in ms; 0 if none is known. */
  longestSince(time: number): number {
    let longest = 0;
    for (let at = this.#gaps.length - 1; at >= 0 && this.#gaps[at].end > time; at--) {
      longest = Math.max(longest, this.#gaps[at].ms);
    }
    return longest;
  }
}
