import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Percentiles } from './percentiles';

const SHARES = [0.5, 0.95, 0.99];

function of(values: number[]): Percentiles {
  const percentiles = new Percentiles();
  for (const value of values) percentiles.add(value);
  return percentiles;
}

test('of nothing there are none', () => {
  expect(new Percentiles().at(SHARES)).toEqual([null, null, null]);
});

test('are within 2 % of the exact ones by nearest rank, and never above the largest value', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 1e7, noNaN: true }), { minLength: 1 }), (values) => {
      const sorted = [...values].sort((one, other) => one - other);
      const found = of(values).at(SHARES);
      for (const [i, share] of SHARES.entries()) {
        const exact = sorted[Math.ceil(share * sorted.length) - 1];
        expect(Math.abs(Number(found[i]) - exact) / exact).toBeLessThan(0.0201);
        expect(Number(found[i])).toBeLessThanOrEqual(sorted[sorted.length - 1]);
      }
    }),
  );
});

test('merged ones are those of all values', () => {
  const value = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }));
  fc.assert(
    fc.property(value, value, (one, other) => {
      const merged = of(one);
      merged.merge(of(other));
      const whole = of([...one, ...other]);
      expect([merged.at(SHARES), merged.count, merged.max]).toEqual([whole.at(SHARES), whole.count, whole.max]);
    }),
  );
});
