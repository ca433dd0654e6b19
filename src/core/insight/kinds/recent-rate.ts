/** Seconds that are remembered. */
export const RECENT_SECONDS = 60;
/** Whole seconds that a rate is taken from. */
const RATE_SECONDS = 5;

/** How many messages came in each of the latest seconds. Earlier ones are forgotten, whenever they come. */
export class RecentRate {
  readonly #counts = new Uint32Array(RECENT_SECONDS);
  /** The latest second counted, since the epoch. */
  #latest = Number.NEGATIVE_INFINITY;

  /** @param time ms since the epoch */
  count(time: number, messages = 1): void {
    const second = Math.floor(time / 1000);
    this.#moveTo(second);
    if (second > this.#latest - RECENT_SECONDS) this.#counts[at(second)] += messages;
  }

  /** Takes in what another one counted. */
  merge(other: RecentRate): void {
    // Nothing was counted: there is no latest second to go back from.
    if (!Number.isFinite(other.#latest)) return;
    for (let second = other.#latest - RECENT_SECONDS + 1; second <= other.#latest; second++) {
      const messages = other.#counts[at(second)];
      if (messages > 0) this.count(second * 1000, messages);
    }
  }

  /** Messages in each second up to that of `now` (ms since the epoch), the oldest first. */
  seconds(now: number): number[] {
    const last = Math.floor(now / 1000);
    return Array.from({ length: RECENT_SECONDS }, (_, i) => {
      const second = last - RECENT_SECONDS + 1 + i;
      return second <= this.#latest && second > this.#latest - RECENT_SECONDS ? this.#counts[at(second)] : 0;
    });
  }

  /**
   * Messages a second, in the latest whole seconds before `now` (ms since the epoch).
   * @param start when the log began, ms since the epoch: a log of two seconds has a rate too
   */
  rate(now: number, start: number): number {
    const seconds = this.seconds(now);
    const whole = Math.min(RATE_SECONDS, Math.max(0, Math.floor(now / 1000) - Math.floor(start / 1000)));
    if (whole === 0) return (seconds.at(-1) ?? 0) / Math.max(1, (now - start) / 1000);
    return seconds.slice(-1 - whole, -1).reduce((sum, count) => sum + count, 0) / whole;
  }

  #moveTo(second: number): void {
    if (second <= this.#latest) return;
    if (second - this.#latest >= RECENT_SECONDS) this.#counts.fill(0);
    else for (let passed = this.#latest + 1; passed <= second; passed++) this.#counts[at(passed)] = 0;
    this.#latest = second;
  }
}

/** Place of a second; times before 1970 have one too. */
function at(second: number): number {
  return ((second % RECENT_SECONDS) + RECENT_SECONDS) % RECENT_SECONDS;
}
