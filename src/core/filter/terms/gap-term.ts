import { describeIntervals, type Interval, intervalTest, parseIntervals, straighten } from '../values/intervals';
import { wordSuggestions } from '../values/suggest-words';
import { parseDuration, showDuration } from '../values/units';
import { rejected, type TermKind, understood } from './term-kind';

/** `gap:>100ms`: the time since the previous frame of the same connection. */
export const gapTerm: TermKind<Interval[]> = {
  id: 'gap',
  written: 'gap:',
  alsoTried: ['delta', 'pause', 'silence'],
  summary: 'The time since the previous frame of the same connection; a number alone is milliseconds.',
  examples: ['gap:>100ms', 'gap:<1', 'gap:1s..1m'],
  parse({ operand }) {
    const intervals = operand?.form === 'bare' ? parseIntervals(operand.text, parseDuration) : null;
    if (!intervals) return rejected('gap: takes a duration or a range, such as >100ms or 1s..1m.');
    const straight = straighten(intervals);
    return understood(straight.intervals, straight.note);
  },
  needs: () => 'columns',
  match(intervals) {
    const test = intervalTest(intervals);
    return (row) => test(row.gap);
  },
  describe: (intervals, negated) =>
    `${negated ? 'do not come' : 'come'} ${describeIntervals(intervals, showDuration)} after the previous frame`,
  suggest: (typed) =>
    wordSuggestions(typed, [
      ['>100ms', 'after more than 100 ms of silence'],
      ['>1s', 'after more than a second of silence'],
      ['<1ms', 'right after the previous frame'],
    ]),
};
