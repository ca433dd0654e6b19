import {
  describeIntervals,
  type Interval,
  intervalTest,
  NUMBERS,
  parseIntervals,
  straighten,
} from '../values/intervals';
import { parseCount } from '../values/units';
import { rejected, type TermKind, understood } from './term-kind';

/** `conn:3`: the number of the connection. */
export const connTerm: TermKind<Interval[]> = {
  id: 'conn',
  written: 'conn:',
  alsoTried: ['connection', 'socket', 'id'],
  summary: 'The number of the connection, as in the list of connections.',
  examples: ['conn:3', 'conn:1,2', 'conn:>=4'],
  parse({ operand }) {
    const text = operand?.form === 'bare' ? operand.text.replaceAll('#', '') : '';
    const intervals = parseIntervals(text, parseCount);
    if (!intervals) return rejected('conn: takes the number of a connection, such as 3 or 1,2.');
    const straight = straighten(intervals);
    return understood(straight.intervals, straight.note);
  },
  needs: () => 'columns',
  match(intervals) {
    const test = intervalTest(intervals);
    return (row) => test(row.connection);
  },
  describe(intervals, negated) {
    const verb = negated ? 'do not belong' : 'belong';
    return `${verb} to connection ${describeIntervals(intervals, String, NUMBERS)}`;
  },
  suggest(typed, seen) {
    return seen.connections
      .filter(({ id }) => String(id).startsWith(typed))
      .map(({ id, url }) => ({ text: String(id), detail: url }));
  },
};
