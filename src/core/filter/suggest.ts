import { isSpace, lexOperand, lexQuoted, lexRegex, lexWord } from './syntax/lex';
import { parseQuery } from './syntax/parse-query';
import { jsonTerm } from './terms/json-term';
import { KEY_KINDS, termKind } from './terms/registry';
import type { SeenValues, TermKind } from './terms/term-kind';

/** Replace `start` to `end` of the query (UTF-16 units) with `text`, and put the caret behind it. */
export interface Suggestion {
  start: number;
  end: number;
  text: string;
  /** In words, for the user. */
  detail: string;
  /** False for a key, behind which a value is still to come. */
  complete: boolean;
}

const MOST = 20;

/**
 * What could be typed at the caret: keys, their values, and values seen in the log.
 * @param caret offset into `query` in UTF-16 units
 * @param seen values that occur in the log
 */
export function suggest(query: string, caret: number, seen: SeenValues): Suggestion[] {
  const start = lastTermStart(query.slice(0, caret));
  if (start === null) return [];
  const typed = query.slice(start, caret);
  const behind = query.slice(caret).search(/[\s()"]|$/);
  const place = { start, end: caret + behind };
  return (
    offers(typed, seen)
      .filter(({ text }) => text !== typed || behind > 0)
      // What was typed so far may already be wrong, such as a path that is not closed: no offer mends that.
      .filter(({ text, complete }) => !complete || parseQuery(text).problems.length === 0)
      .slice(0, MOST)
      .map((offer) => ({ ...place, ...offer }))
  );
}

type Offer = Pick<Suggestion, 'text' | 'detail' | 'complete'>;

function offers(typed: string, seen: SeenValues): Offer[] {
  if (typed[0] === '"' || typed[0] === '/') return [];
  if (typed[0] === '$')
    return jsonTerm.suggest(typed, seen).map((each) => ({ ...each, complete: each.text.includes(':') }));
  const colon = typed.indexOf(':');
  const kind = colon > 0 ? termKind(typed.slice(0, colon).toLowerCase()) : undefined;
  if (kind?.written.endsWith(':')) return valueOffers(kind, typed.slice(colon + 1), seen);
  const word = typed.toLowerCase();
  const keys = keyOffers(word);
  if (word.length < 2) return keys;
  const values = KEY_KINDS.flatMap((each) => valueOffers(each, word, seen));
  const paths = jsonTerm.suggest(word, seen).map((each) => ({ ...each, complete: true }));
  return [...keys, ...values, ...paths];
}

function keyOffers(word: string): Offer[] {
  const begin = KEY_KINDS.filter(({ written }) => written.startsWith(word));
  const tried = KEY_KINDS.filter(
    (kind) => !begin.includes(kind) && kind.alsoTried.some((name) => name.startsWith(word)),
  );
  return [...begin, ...tried]
    .map(({ written, summary }) => ({ text: written, detail: summary, complete: false }))
    .concat(word === '' ? [{ text: '$.', detail: jsonTerm.summary, complete: false }] : []);
}

function valueOffers(kind: TermKind, typed: string, seen: SeenValues): Offer[] {
  return kind.suggest(typed, seen).map(({ text, detail }) => ({ text: kind.written + text, detail, complete: true }));
}

/** Where the term begins that is being typed at the end of `text`; `null` within a regex. */
function lastTermStart(text: string): number | null {
  let at = 0;
  for (;;) {
    while (at < text.length && (isSpace(text[at]) || /[()-]/.test(text[at]))) at++;
    const end = termEnd(text, at);
    if (end >= text.length) return text[at] === '/' ? null : at;
    at = end;
  }
}

function termEnd(text: string, at: number): number {
  if (at >= text.length) return at;
  if (text[at] === '"') {
    const quoted = lexQuoted(text, at);
    if (quoted) return quoted.end;
  }
  if (text[at] === '/') {
    const regex = lexRegex(text, at);
    if (regex) return regex.end;
  }
  const key = /^(?:[A-Za-z][\w-]*|\$[^\s:()]*):/.exec(text.slice(at));
  if (key) return lexOperand(text, at + key[0].length, 1)?.end ?? at + key[0].length;
  return lexWord(text, at, 1).end;
}
