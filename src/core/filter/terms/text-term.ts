import { isEscapedByEncoders, withoutJsonEscapes } from '../values/json-escapes';
import { containsTest, isPrintableAscii, LONGEST_PATTERN, literalRegex } from '../values/literal';
import { rejected, type TermKind, understood } from './term-kind';

/** Free text: a word or a quoted phrase, found without case in the payload, raw or decoded. */
export const textTerm: TermKind<string> = {
  id: 'text',
  written: '',
  alsoTried: [],
  summary: 'A word, or a phrase in quotes: found in the payload, raw or decoded, in small or capital letters.',
  examples: ['trade', '"order book"', '"OR"'],
  parse({ operand }) {
    const text = operand && operand.form !== 'regex' ? operand.text : '';
    return text === '' ? rejected('There is nothing between the quotes.') : understood(text);
  },
  needs: () => 'decoded',
  match(text) {
    const contains = containsTest(text);
    if (!isEscapedByEncoders(text)) return (_row, content) => contains(content.text()) || contains(content.decoded());
    return (_row, content) => {
      const raw = content.text();
      if (contains(raw)) return true;
      const decoded = content.decoded();
      return decoded === '' ? raw.includes('\\') && contains(withoutJsonEscapes(raw)) : contains(decoded);
    };
  },
  describe: (text, negated) => `${negated ? 'do not contain' : 'contain'} “${text}”`,
  suggest: () => [],
  mustContain: (text) => (isPrintableAscii(text) && !isEscapedByEncoders(text) ? [text.toLowerCase()] : []),
  mustContainSuffices: true,
  pattern: (text) => (text.length > LONGEST_PATTERN ? null : literalRegex(text, 'g')),
};
