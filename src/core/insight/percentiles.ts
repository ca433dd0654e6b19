/** Each step of the scale is this much larger: a percentile is right within 2 %. */
const STEP = Math.log(1.04);
/** The least value told from 0, in the unit of the values. */
const LEAST = 0.001;

/** Percentiles of any number of values of at least 0, in memory bounded by the scale: about a thousand steps. */
export class Percentiles {
  readonly #steps = new Map<number, number>();
  count = 0;
  /** The largest value, exact; 0 while there is none. */
  max = 0;

  add(value: number): void {
    const step = value < LEAST ? 0 : 1 + Math.round(Math.log(value / LEAST) / STEP);
    this.#steps.set(step, (this.#steps.get(step) ?? 0) + 1);
    this.count++;
    if (value > this.max) this.max = value;
  }

  merge(other: Percentiles): void {
    for (const [step, count] of other.#steps) this.#steps.set(step, (this.#steps.get(step) ?? 0) + count);
    this.count += other.count;
    this.max = Math.max(this.max, other.max);
  }

  /**
   * The values below which the given shares lie (nearest rank).
   * @param shares from 0 to 1, ascending
   * @returns `null` for each while there is no value
   */
  at(shares: readonly number[]): (number | null)[] {
    if (this.count === 0) return shares.map(() => null);
    const steps = [...this.#steps].sort(([one], [other]) => one - other);
    let next = 0;
    let passed = 0;
    return shares.map((share) => {
      const rank = Math.max(1, Math.ceil(share * this.count));
      while (passed < rank && next < steps.length) passed += steps[next++][1];
      const [step] = steps[next - 1];
      return step === 0 ? 0 : Math.min(this.max, LEAST * Math.exp((step - 1) * STEP));
    });
  }
}
