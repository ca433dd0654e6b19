import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberRanges } from './number-ranges';

test('ranges hold the numbers that came, in whatever order', () => {
  const numbers = fc.array(fc.nat(60), { maxLength: 60 });
  fc.assert(
    fc.property(numbers, fc.nat(60), fc.nat(60), (added, above, below) => {
      const ranges = new NumberRanges();
      for (const number of added) ranges.add(number);
      expect(ranges.has(above)).toBe(added.includes(above));
      expect(ranges.between(above, below)).toBe(new Set(added.filter((n) => n > above && n < below)).size);
    }),
  );
});

test('the oldest are forgotten', () => {
  const ranges = new NumberRanges();
  for (let n = 0; n <= 64; n++) ranges.add(n * 2);
  expect([ranges.has(0), ranges.has(2), ranges.has(128)]).toEqual([false, true, true]);
});
