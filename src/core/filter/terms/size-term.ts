import { describeIntervals, type Interval, intervalTest, parseIntervals, straighten } from '../values/intervals';
import { wordSuggestions } from '../values/suggest-words';
import { parseSize, showSize } from '../values/units';
import { rejected, type TermKind, understood } from './term-kind';

/** `size:>1k`: bytes of the payload. */
export const sizeTerm: TermKind<Interval[]> = {
  id: 'size',
  written: 'size:',
  alsoTried: ['length', 'len', 'bytes', 'larger-than'],
  summary: 'Bytes of the payload; k is 1000 and ki 1024, likewise m, mi, g, gi, with or without b.',
  examples: ['size:>1k', 'size:<=64kib', 'size:1k..2k', 'size:0'],
  parse({ operand }) {
    const intervals = operand?.form === 'bare' ? parseIntervals(operand.text, parseSize) : null;
    if (!intervals) return rejected('size: takes a number of bytes or a range, such as >1k, 200 or 1k..2k.');
    const straight = straighten(intervals);
    return understood(straight.intervals, straight.note);
  },
  needs: () => 'columns',
  match(intervals) {
    const test = intervalTest(intervals);
    return (row) => test(row.length);
  },
  describe: (intervals, negated) => `${negated ? 'do not take' : 'take'} ${describeIntervals(intervals, showSize)}`,
  suggest: (typed) =>
    wordSuggestions(typed, [
      ['>1k', 'larger than 1000 bytes'],
      ['<100', 'smaller than 100 bytes'],
      ['1k..64k', 'from 1 kB to 64 kB'],
      ['>1m', 'larger than 1 MB'],
    ]),
};
