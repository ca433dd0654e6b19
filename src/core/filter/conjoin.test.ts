import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from './compile-filter';
import { conjoin } from './conjoin';
import { queryText } from './testing/queries';
import { testContent, testEnvironment, testRow } from './testing/rows';

describe('conjoin', () => {
  it.each([
    ['', '', ''],
    ['a', '', 'a'],
    ['', 'a OR b', '(a OR b)'],
    ['a OR b', '-c', '(a OR b) -c'],
    ['"open quote', 'x', '"open quote" x'],
    ['a (', 'x', 'a x'],
  ])('of %j and %j', (one, other, expected) => expect(conjoin(one, other)).toBe(expected));

  it('shows what both show', () => {
    const text = fc.constantFrom('trade a', 'a', '{"x":[1]}', 'ß', '');
    fc.assert(
      fc.property(queryText, queryText, text, (one, other, payload) => {
        const passes = (query: string) =>
          compileFilter(query, testEnvironment()).test(testRow({}), testContent(payload, '', ''));
        expect(passes(conjoin(one, other))).toBe(passes(one) && passes(other));
      }),
      { numRuns: 1000 },
    );
  });
});
