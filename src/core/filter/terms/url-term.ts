import { containsTest } from '../values/literal';
import { type RegexOperand, regexOperand, showRegex } from '../values/regex-operand';
import { wordSuggestions } from '../values/suggest-words';
import { rejected, type TermKind, understood } from './term-kind';

interface UrlValue {
  regex: RegexOperand | null;
  /** For words: `contains “x”`, `matches /x/`. */
  shown: string;
  test(url: string): boolean;
}

/** `url:ticker`, `url:/v[12]/`: the URL of the connection. */
export const urlTerm: TermKind<UrlValue> = {
  id: 'url',
  written: 'url:',
  alsoTried: ['host', 'domain', 'site', 'path'],
  summary: 'A part of the connection’s URL, in small or capital letters, or a regex.',
  examples: ['url:ticker', 'url:"/ws?room=1"', 'url:/feed[12]$/'],
  parse({ operand }) {
    if (operand?.form === 'regex') {
      const { value, problem } = regexOperand(operand.source, operand.flags);
      return understood({ regex: value, shown: showRegex(value), test: (url) => value.regex.test(url) }, problem);
    }
    if (!operand || operand.text === '') return rejected('url: takes a part of a URL, such as url:ticker.');
    return understood({ regex: null, shown: `“${operand.text}”`, test: containsTest(operand.text) });
  },
  needs: () => 'columns',
  match(value, environment) {
    const known = new Map<number, boolean>();
    return (row) => {
      const before = known.get(row.connection);
      if (before !== undefined) return before;
      const connection = environment.connection(row.connection);
      if (!connection) return false;
      const passes = value.test(connection.url);
      known.set(row.connection, passes);
      return passes;
    };
  },
  describe: ({ shown }, negated) => `are ${negated ? 'not ' : ''}of a connection whose URL has ${shown}`,
  regexes: ({ regex }) => (regex ? [regex] : []),
  suggest(typed, seen) {
    const urls = [...new Set(seen.connections.map(({ url }) => url))];
    return wordSuggestions(
      typed,
      urls.map((url) => [url, 'seen in this log'] as const),
    );
  },
};
