import { describeIntervals, type Interval, intervalTest, parseIntervals, straighten } from '../values/intervals';
import { wordSuggestions } from '../values/suggest-words';
import { parseDuration, showDuration } from '../values/units';
import { rejected, type TermKind, understood } from './term-kind';

/** `latency:>100ms`: the time between a request and its reply. */
export const latencyTerm: TermKind<Interval[]> = {
  id: 'latency',
  written: 'latency:',
  alsoTried: ['took', 'duration', 'rtt'],
  summary: 'The time between a request and its reply; finds both. A number alone is milliseconds.',
  examples: ['latency:>100ms', 'latency:<5', 'latency:1s..1m'],
  parse({ operand }) {
    const intervals = operand?.form === 'bare' ? parseIntervals(operand.text, parseDuration) : null;
    if (!intervals) return rejected('latency: takes a duration or a range, such as >100ms or 1s..1m.');
    const straight = straighten(intervals);
    return understood(straight.intervals, straight.note);
  },
  needs: () => 'columns',
  needsPairs: () => true,
  match(intervals) {
    const test = intervalTest(intervals);
    return ({ latency }) => !Number.isNaN(latency) && test(latency);
  },
  describe: (intervals, negated) =>
    `${negated ? 'do not belong' : 'belong'} to a request answered after ${describeIntervals(intervals, showDuration)}`,
  suggest: (typed) =>
    wordSuggestions(typed, [
      ['>100ms', 'answered after more than 100 ms'],
      ['>1s', 'answered after more than a second'],
      ['<10ms', 'answered at once'],
    ]),
};
