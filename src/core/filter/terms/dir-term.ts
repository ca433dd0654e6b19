import type { Direction } from '../../model/frame';
import { wordSuggestions } from '../values/suggest-words';
import { rejected, type TermKind, understood } from './term-kind';

const WORDS: Record<string, Direction> = {
  sent: 'sent',
  received: 'received',
  send: 'sent',
  receive: 'received',
  out: 'sent',
  in: 'received',
};

/** `dir:sent`: the direction, from the page's side. */
export const dirTerm: TermKind<Direction> = {
  id: 'dir',
  written: 'dir:',
  alsoTried: ['direction'],
  summary: 'The direction, from the page’s side: sent or received. Events of a connection count as received.',
  examples: ['dir:sent', 'dir:received'],
  parse({ operand }) {
    const word = operand && operand.form !== 'regex' ? operand.text.toLowerCase() : '';
    return Object.hasOwn(WORDS, word) ? understood(WORDS[word]) : rejected('dir: takes sent or received.');
  },
  needs: () => 'columns',
  match: (direction) => (row) => row.direction === direction,
  describe: (direction, negated) => `are ${negated ? 'not ' : ''}${direction}`,
  suggest: (typed) =>
    wordSuggestions(typed, [
      ['sent', 'sent by the page'],
      ['received', 'received by the page'],
    ]),
};
