import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight } from './highlight';
import { queryText } from './testing/queries';

/** The text with what is highlighted in square brackets. */
function marked(query: string, text: string): string {
  return highlight(query, text).reduceRight(
    (all, { start, end }) => `${all.slice(0, start)}[${all.slice(start, end)}]${all.slice(end)}`,
    text,
  );
}

describe('highlight', () => {
  it.each([
    ['an', 'Banana', 'B[anan]a'],
    ['a -b', 'a b', '[a] b'],
    ['-(a b)', 'a b', 'a b'],
    ['a OR "c d"', 'a b C D', '[a] b [C D]'],
    ['/\\d+/', 'x12y3', 'x[12]y[3]'],
    ['/x*/', 'axa', 'a[x]a'],
    ['/x*/u', '😀x😀', '😀[x]😀'],
    ['/(/', 'a(b', 'a[(]b'],
    ['dir:sent', 'sent', 'sent'],
    ['ß', 'Straße', 'Stra[ß]e'],
    ['/(a+)+$/', `${'a'.repeat(40)}!`, `${'a'.repeat(40)}!`],
    ['', 'abc', 'abc'],
  ])('of %s in %s: %s', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected);
  });

  it('gives ranges in order that do not touch, within the text', () => {
    fc.assert(
      fc.property(queryText, fc.string({ unit: 'binary' }), (query, text) => {
        let last = -1;
        for (const { start, end } of highlight(query, text)) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves out what is too slow or too long for a row', () => {
    expect(highlight('/(\\d{1,3},?)+x/', '1'.repeat(300))).toEqual([]);
    expect(highlight(`"${'a'.repeat(50_000)}"`, 'a'.repeat(50_000))).toEqual([]);
  });

  it('stops at 1000 ranges', () => {
    expect(highlight('a', 'a '.repeat(5000)).length).toBe(1000);
  });
});
