import { rejected, type TermKind, understood } from './term-kind';

/** `pair:"sub 1"`: the id by which a request, its reply and its events belong together. */
export const pairTerm: TermKind<string> = {
  id: 'pair',
  written: 'pair:',
  alsoTried: ['exchange', 'request', 'reply'],
  summary: 'The decoder’s id by which a request, its reply and its events belong together, whole.',
  examples: ['pair:"sent 7"', 'pair:"subscription 0"'],
  parse({ operand }) {
    if (!operand || operand.form === 'regex' || operand.text === '')
      return rejected('pair: takes an id, such as "sent 7".');
    return understood(operand.text);
  },
  needs: () => 'decoded',
  match: (id) => (_row, content) => content.parts().some(({ pair }) => pair?.id === id),
  describe: (id, negated) => `${negated ? 'do not belong' : 'belong'} to the exchange “${id}”`,
  suggest: () => [],
};
