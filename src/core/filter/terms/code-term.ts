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

/** RFC 6455 §7.4.1. */
const MEANINGS: Record<number, string> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no code received',
  1006: 'closed without a closing handshake',
  1007: 'invalid data',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'extension missing',
  1011: 'server error',
  1012: 'service restart',
  1013: 'try again later',
  1015: 'TLS handshake failed',
};

/** `code:1006`: the code of close events. RFC 6455 §7.4. */
export const codeTerm: TermKind<Interval[]> = {
  id: 'code',
  written: 'code:',
  alsoTried: ['status', 'closecode', 'close'],
  summary: 'The code of a close event.',
  examples: ['code:1006', 'code:4000..4999', '-code:1000,1001'],
  parse({ operand }) {
    const intervals = operand?.form === 'bare' ? parseIntervals(operand.text, parseCount) : null;
    if (!intervals) return rejected('code: takes a close code or a range, such as 1006 or 4000..4999.');
    const straight = straighten(intervals);
    return understood(straight.intervals, straight.note);
  },
  needs: () => 'content',
  match(intervals) {
    const test = intervalTest(intervals);
    return (row, content) => {
      if (row.kind !== 'close') return false;
      const code = closeCode(content.text());
      return code !== null && test(code);
    };
  },
  describe(intervals, negated) {
    const codes = describeIntervals(intervals, String, NUMBERS);
    return `are ${negated ? 'not closes' : 'closes'} with the code ${codes}`;
  },
  suggest(typed, seen) {
    const codes = new Set([...seen.closeCodes, 1000, 1001, 1006, 1011]);
    return [...codes]
      .filter((code) => String(code).startsWith(typed))
      .map((code) => ({ text: String(code), detail: MEANINGS[code] ?? 'seen in this log' }));
  },
};

/** The code in the JSON of a close event; `null` where its payload was dropped or is not such JSON. */
function closeCode(text: string): number | null {
  try {
    const details: unknown = JSON.parse(text);
    if (typeof details !== 'object' || details === null || !('code' in details)) return null;
    return typeof details.code === 'number' ? details.code : null;
  } catch {
    return null;
  }
}
