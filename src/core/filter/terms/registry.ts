import { codeTerm } from './code-term';
import { connTerm } from './conn-term';
import { dirTerm } from './dir-term';
import { gapTerm } from './gap-term';
import { isTerm } from './is-term';
import { jsonTerm } from './json-term';
import { kindTerm } from './kind-term';
import { latencyTerm } from './latency-term';
import { pairTerm } from './pair-term';
import { regexTerm } from './regex-term';
import { sizeTerm } from './size-term';
import type { TermKind } from './term-kind';
import { textTerm } from './text-term';
import { timeTerm } from './time-term';
import { topicTerm } from './topic-term';
import { urlTerm } from './url-term';

/** Every kind of term, in the order in which they are explained and suggested. */
export const TERM_KINDS: readonly TermKind[] = [
  textTerm,
  regexTerm,
  dirTerm,
  kindTerm,
  isTerm,
  sizeTerm,
  timeTerm,
  gapTerm,
  latencyTerm,
  pairTerm,
  topicTerm,
  connTerm,
  urlTerm,
  codeTerm,
  jsonTerm,
];

const BY_ID = new Map(TERM_KINDS.map((kind) => [kind.id, kind]));

/** Those written `key:value`. */
export const KEY_KINDS: readonly TermKind[] = TERM_KINDS.filter(({ written }) => written.endsWith(':'));

/** The kind of term with this id, or `undefined`. */
export function termKind(id: string): TermKind | undefined {
  return BY_ID.get(id);
}
