/** Ranges that are remembered; the oldest go first. */
const MOST_RANGES = 64;

interface Range {
  from: number;
  to: number;
}

/** Which numbers have come, of counters that grow by one: few ranges hold many of them. */
export class NumberRanges {
  readonly #ranges: Range[] = [];
  #highest = Number.NEGATIVE_INFINITY;
  /** The one that was added last. */
  newest = Number.NaN;

  add(number: number): void {
    const known = this.has(number);
    this.newest = number;
    if (known) return;
    // Numbers that grow, as most do, are beyond all others: nothing is looked through for them.
    const before = number > this.#highest + 1 ? undefined : this.#ranges.findLast(({ to }) => to + 1 === number);
    this.#highest = Math.max(this.#highest, number);
    if (before) before.to = number;
    else if (this.#ranges.push({ from: number, to: number }) > MOST_RANGES) this.#ranges.shift();
  }

  has(number: number): boolean {
    return number <= this.#highest && this.#ranges.some(({ from, to }) => from <= number && number <= to);
  }

  /** How many numbers above the one and below the other have come. */
  between(above: number, below: number): number {
    return this.#ranges.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, below - 1) - Math.max(from, above + 1) + 1),
      0,
    );
  }
}
