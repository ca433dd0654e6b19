import { FLAG } from '../../model/frame';
import { nearest } from '../syntax/nearest';
import { wordSuggestions } from '../values/suggest-words';
import { type RowTest, rejected, type TermKind, understood } from './term-kind';

interface Property {
  test: RowTest;
  /** After "are". */
  words: string;
  needsPairs?: true;
}

const PROPERTIES: Record<string, Property> = {
  marked: { test: (row) => row.marked, words: 'marked' },
  'sent-by-me': { test: (row) => (row.flags & FLAG.byUser) !== 0, words: 'sent by me from Framescope' },
  dropped: {
    test: (row) => (row.flags & FLAG.dropped) !== 0,
    words: 'stripped of their payload to stay within bounds',
  },
  failed: { test: (row) => (row.flags & FLAG.failed) !== 0, words: 'failed sends' },
  earlier: { test: (row) => (row.flags & FLAG.ring) !== 0, words: 'from before recording began' },
  unanswered: { test: (row) => row.unanswered, words: 'requests without a reply', needsPairs: true },
  message: { test: (row) => row.kind === 'text' || row.kind === 'binary', words: 'messages' },
  event: { test: (row) => row.kind !== 'text' && row.kind !== 'binary', words: 'events of the connection' },
};

const NAMES = Object.keys(PROPERTIES);

/** `is:marked`, `is:sent-by-me`, ...: what a frame is beside its kind. */
export const isTerm: TermKind<Property> = {
  id: 'is',
  written: 'is:',
  alsoTried: ['has', 'flag'],
  summary:
    'What a frame is: marked, sent-by-me, dropped, failed, earlier (than the recording), unanswered, message or event.',
  examples: NAMES.map((name) => `is:${name}`),
  parse({ operand }) {
    const word = operand && operand.form !== 'regex' ? operand.text.toLowerCase() : '';
    if (Object.hasOwn(PROPERTIES, word)) return understood(PROPERTIES[word]);
    const meant = nearest(word, NAMES, 3);
    return rejected(
      meant ? `is: does not know “${word}”. Did you mean is:${meant}?` : `is: takes ${NAMES.join(', ')}.`,
    );
  },
  needs: () => 'columns',
  needsPairs: ({ needsPairs }) => needsPairs === true,
  match: ({ test }) => test,
  describe: ({ words }, negated) => `are ${negated ? 'not ' : ''}${words}`,
  suggest: (typed) =>
    wordSuggestions(
      typed,
      NAMES.map((name) => [name, PROPERTIES[name].words] as const),
    ),
};
