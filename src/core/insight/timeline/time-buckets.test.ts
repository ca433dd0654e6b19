import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimeBuckets } from './time-buckets';

const START = 1_795_235_681_444;

function fill(times: readonly number[], capacity = 16): TimeBuckets {
  const buckets = new TimeBuckets(2, capacity);
  for (const time of times) {
    const bucket = buckets.reach(time);
    buckets.add(0, bucket, 1);
    buckets.add(1, bucket, time % 7);
  }
  return buckets;
}

const anyTimes = fc.array(
  fc.integer({ min: 0, max: 100_000 }).map((ms) => START + ms / 4),
  { minLength: 1 },
);

it('counts in buckets of a millisecond while they suffice', () => {
  const buckets = fill([START, START + 0.9, START + 3]);
  expect([buckets.start, buckets.width, buckets.sums(0)]).toEqual([START, 1, [2, 0, 0, 1]]);
});

it('joins neighbours when time goes on', () => {
  const buckets = fill([0, 1, 2, 15, 31]);
  expect([buckets.width, buckets.sums(0)]).toEqual([2, [2, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]]);
  expect(buckets.sums(0, 0, 16, 8)).toEqual([4, 1]);
});

it('is the same whatever the order', () => {
  fc.assert(
    fc.property(anyTimes, (times) => {
      const one = fill(times);
      const other = fill(times.toReversed());
      expect([other.start, other.width, other.sums(0)]).toEqual([one.start, one.width, one.sums(0)]);
    }),
  );
});

it('loses nothing, keeps within its bounds, and puts everything where it belongs', () => {
  fc.assert(
    fc.property(anyTimes, fc.integer({ min: 1, max: 5 }), (times, step) => {
      const buckets = fill(times);
      expect(buckets.size).toBeLessThanOrEqual(16);
      expect(buckets.sums(0, 0, buckets.size, step).reduce((sum, count) => sum + count, 0)).toBe(times.length);
      const expected = new Array<number>(buckets.size).fill(0);
      for (const time of times) expected[Math.floor((time - buckets.start) / buckets.width)]++;
      expect(buckets.sums(0)).toEqual(expected);
    }),
  );
});
