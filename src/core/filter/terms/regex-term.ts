import { hidesLetters, withoutJsonEscapes } from '../values/json-escapes';
import { type RegexOperand, regexOperand, showRegex } from '../values/regex-operand';
import { regexSteps } from '../values/regex-steps';
import { rejected, type TermKind, understood } from './term-kind';

/** What is drawn where nothing can be stopped: the text of a row, in UTF-16 units, */
const TEXT_LENGTH = 300;
/** in some hundredths of a second at most. */
const MOST_STEPS = 30e6;

/** `/pattern/flags`, tried on the raw payload and on what the decoder says. */
export const regexTerm: TermKind<RegexOperand> = {
  id: 'regex',
  written: '/',
  alsoTried: [],
  summary: 'A regular expression of JavaScript, with the flags i (any case), s, u, m or v.',
  examples: ['/price":\\s*\\d{3}/', '/^ping$/i'],
  parse({ operand }) {
    if (operand?.form !== 'regex') return rejected('There is no pattern between the slashes.');
    const { value, problem } = regexOperand(operand.source, operand.flags);
    return understood(value, problem);
  },
  needs: () => 'decoded',
  match({ regex }) {
    return (_row, content) => {
      const raw = content.text();
      if (regex.test(raw)) return true;
      const decoded = content.decoded();
      return decoded === '' ? hidesLetters(raw) && regex.test(withoutJsonEscapes(raw)) : regex.test(decoded);
    };
  },
  describe(value, negated) {
    if (value.literal) return `${negated ? 'do not contain' : 'contain'} “${value.source}”`;
    return `${negated ? 'do not match' : 'match'} ${showRegex(value)}`;
  },
  suggest: () => [],
  regexes: (value) => [value],
  pattern: ({ regex, literal }) =>
    !literal && regexSteps(regex.source, TEXT_LENGTH) > MOST_STEPS ? null : new RegExp(regex.source, `${regex.flags}g`),
};
