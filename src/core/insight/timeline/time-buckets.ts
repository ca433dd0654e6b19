/**
 * Sums over time, in a bounded number of buckets. When time goes beyond them, neighbours are joined and each bucket is
 * twice as wide. Buckets stand at multiples of their width since the epoch, so that the order in which things are added
 * makes no difference.
 */
export class TimeBuckets {
  /** ms of one bucket: a power of two. */
  width = 1;
  /** Place of the first bucket, in widths since the epoch. */
  #base = 0;
  /** How many are in use. */
  #used = 0;
  readonly #sums: Float64Array[];

  /**
   * @param series how many sums each bucket has
   * @param capacity most buckets
   */
  constructor(
    series: number,
    readonly capacity: number,
  ) {
    this.#sums = Array.from({ length: series }, () => new Float64Array(capacity));
  }

  /** Time at which the first bucket begins, in ms since the epoch. */
  get start(): number {
    return this.#base * this.width;
  }

  /** Number of buckets from the earliest to the latest. */
  get size(): number {
    return this.#used;
  }

  /** @returns index of the bucket of a time, for {@link add}; valid until the next call */
  reach(time: number): number {
    let place = Math.floor(time / this.width);
    if (this.#used === 0) this.#base = place;
    for (;;) {
      const first = Math.min(this.#base, place);
      const last = Math.max(this.#base + this.#used - 1, place);
      if (last - first < this.capacity) {
        if (first < this.#base) this.#shift(this.#base - first);
        this.#base = first;
        this.#used = last - first + 1;
        return place - first;
      }
      this.#widen();
      place = Math.floor(time / this.width);
    }
  }

  add(series: number, bucket: number, amount: number): void {
    this.#sums[series][bucket] += amount;
  }

  /** The sums of a series, of buckets `from` to `to` (exclusive), `step` of them joined to one. */
  sums(series: number, from = 0, to = this.#used, step = 1): number[] {
    const sums = this.#sums[series];
    const result: number[] = [];
    for (let at = from; at < to; at += step) {
      let sum = 0;
      for (let bucket = at; bucket < Math.min(at + step, to); bucket++) sum += sums[bucket];
      result.push(sum);
    }
    return result;
  }

  #shift(by: number): void {
    for (const sums of this.#sums) {
      sums.copyWithin(by, 0, this.#used);
      sums.fill(0, 0, by);
    }
  }

  #widen(): void {
    const base = Math.floor(this.#base / 2);
    const odd = this.#base - base * 2;
    for (const sums of this.#sums) {
      for (let bucket = 0; bucket < this.#used; bucket++) {
        const sum = sums[bucket];
        sums[bucket] = 0;
        sums[(bucket + odd) >> 1] += sum;
      }
    }
    this.#used = (this.#used + odd + 1) >> 1;
    this.#base = base;
    this.width *= 2;
  }
}
