/** Ranges that are remembered; the oldest go first. */
const MOST_RANGES = 64;

interface Range {
  from: number;
  to: number;
}

/** Which numbers have come, of counters that grow by one: few ranges hold many of them. */
export class NumberRanges {
  readonly #ranges: Range[] = [];
  /** The one that was added last. */
  newest = Number.NaN;

  add(number: number): void {
    this.newest = number;
    if (this.has(number)) return;
    for (const range of this.#ranges) {
      if (range.to + 1 === number) {
        range.to = number;
        return;
      }
    }
    this.#ranges.push({ from: number, to: number });
    if (this.#ranges.length > MOST_RANGES) this.#ranges.shift();
  }

  has(number: number): boolean {
    return this.#ranges.some(({ from, to }) => from <= number && number <= to);
  }

  /** How many numbers above the one and below the other have come. */
  between(above: number, below: number): number {
    return this.#ranges.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, below - 1) - Math.max(from, above + 1) + 1),
      0,
    );
  }
}
