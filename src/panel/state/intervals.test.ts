import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, fromNumbers, includes, sizeOf, toggled, toNumbers, union } from './intervals';

const numbers = fc.array(fc.nat(60), { maxLength: 40 });

describe('intervals', () => {
  it('are a set of numbers', () => {
    fc.assert(
      fc.property(numbers, (list) => {
        const set = [...new Set(list)].sort((a, b) => a - b);
        const intervals = fromNumbers(list);
        expect(toNumbers(intervals)).toEqual(set);
        expect(sizeOf(intervals)).toBe(set.length);
        for (let value = 0; value <= 61; value++) expect(includes(intervals, value)).toBe(set.includes(value));
      }),
    );
  });

  it('join as sets do', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(union(fromNumbers(a), fromNumbers(b))).toEqual(fromNumbers([...a, ...b]));
      }),
    );
  });

  it('toggle one number, and back', () => {
    fc.assert(
      fc.property(numbers, fc.nat(60), (list, value) => {
        const before = fromNumbers(list);
        const after = toggled(before, value);
        expect(includes(after, value)).toBe(!includes(before, value));
        expect(toggled(after, value)).toEqual(before);
      }),
    );
  });

  it('have one that holds every number', () => {
    expect(includes(ALL, 0)).toBe(true);
    expect(includes(ALL, 1e12)).toBe(true);
    expect(includes(toggled(ALL, 7), 7)).toBe(false);
  });
});
