import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RECENT_SECONDS, RecentRate } from './recent-rate';

const times = fc.array(fc.nat(300_000));

function of(all: number[]): RecentRate {
  const recent = new RecentRate();
  for (const time of all) recent.count(time);
  return recent;
}

test('counts of the latest seconds are those of a plain count, in the order of time', () => {
  fc.assert(
    fc.property(times, (all) => {
      const sorted = [...all].sort((one, other) => one - other);
      const now = sorted.at(-1) ?? 0;
      const last = Math.floor(now / 1000);
      const expected = Array.from(
        { length: RECENT_SECONDS },
        (_, i) => all.filter((time) => Math.floor(time / 1000) === last - RECENT_SECONDS + 1 + i).length,
      );
      expect(of(sorted).seconds(now)).toEqual(expected);
    }),
  );
});

test('two that are merged are one that counted both', () => {
  fc.assert(
    fc.property(times, times, (one, other) => {
      const now = Math.max(0, ...one, ...other);
      const merged = of(one.toSorted((a, b) => a - b));
      merged.merge(of(other.toSorted((a, b) => a - b)));
      expect(merged.seconds(now)).toEqual(of([...one, ...other].toSorted((a, b) => a - b)).seconds(now));
    }),
  );
});
