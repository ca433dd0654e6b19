import { type Topics, topicTest } from '../../decode/topics';
import { rejected, type TermKind, understood } from './term-kind';

/** `topic:"sensors/#"`: all that subscribes to a name, comes under it, is sent to it or leaves it. */
export const topicTerm: TermKind<string> = {
  id: 'topic',
  written: 'topic:',
  alsoTried: ['channel', 'subject', 'room'],
  summary:
    'What was subscribed to by name: a topic, channel or subject, whole, or a pattern as the protocol writes it (sensors/#, orders.*).',
  examples: ['topic:"room:lobby"', 'topic:"sensors/#"'],
  parse({ operand }) {
    if (!operand || operand.form === 'regex' || operand.text === '')
      return rejected('topic: takes a name, such as "room:lobby".');
    return understood(operand.text);
  },
  needs: () => 'decoded',
  match(pattern) {
    const covers = new Map<Topics['separator'], (name: string) => boolean>();
    const concerns = (topics: Topics): boolean => {
      let test = covers.get(topics.separator);
      if (test === undefined) {
        test = topicTest(pattern, topics.separator);
        covers.set(topics.separator, test);
      }
      return topics.act === 'event' || topics.act === 'about'
        ? topics.names.some(test)
        : topics.names.includes(pattern);
    };
    return (_row, content) => content.parts().some(({ topics }) => topics !== undefined && concerns(topics));
  },
  describe: (name, negated) => `${negated ? 'do not belong' : 'belong'} to the topic “${name}”`,
  suggest: () => [],
};
