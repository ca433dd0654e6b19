import type { Operand } from '../syntax/query';
import type { ConnectionFacts, FilterEnvironment, RowContent, RowFacts } from '../types';
import type { RegexOperand } from '../values/regex-operand';

export type RowTest = (row: RowFacts, content: RowContent) => boolean;

/** What a term has to look at, cheapest first: terms run in this order. */
export const NEEDS = ['columns', 'content', 'decoded', 'json'] as const;
type Needs = (typeof NEEDS)[number];

/** What the query text says of a term, before its kind has understood it. */
interface TermSource {
  path: string;
  operand: Operand | null;
}

/**
 * What a kind made of a term. With `value` null the term is left out, so that it hides nothing;
 * `problem` says why, or what was done instead.
 */
export interface ParsedTerm<T> {
  value: T | null;
  problem: string | null;
}

/** Values that occur in the log, for suggestions. The caller keeps it short. */
export interface SeenValues {
  connections: ConnectionFacts[];
  /** Decoders' kinds of messages, such as `event:trade`. */
  messageKinds: string[];
  closeCodes: number[];
  /** JSON paths (`$.type`) with some of the plain values found there. */
  json: { path: string; values: (string | number | boolean | null)[] }[];
}

/** A value to put after a key. */
export interface ValueSuggestion {
  /** As written in the query, quoted where needed. */
  text: string;
  /** In words, for the user. */
  detail: string;
}

/** One kind of term. To add one: a file in `terms/` and a line in its registry. */
export interface TermKind<T = unknown> {
  /** Stable: it is in the syntax tree. For keys, the key itself. */
  id: string;
  /** How it begins in a query: `size:`, `$`, `/`, or empty for free text. */
  written: string;
  /** Other words that people try for this key: they are answered with "did you mean". */
  alsoTried: string[];
  /** One line for the help. */
  summary: string;
  examples: string[];
  /** Total: any source gives a value, or a problem in words for the user, or both. */
  parse(source: TermSource): ParsedTerm<T>;
  needs(value: T): Needs;
  /** Whether the test looks at the row's pair. */
  needsPairs?(value: T): boolean;
  /** Makes the test that runs on every row: it must not allocate where it can be helped. */
  match(value: T, environment: FilterEnvironment): RowTest;
  /** A clause after "Frames that": `are larger than 1 kB`, negated `are not larger than 1 kB`. */
  describe(value: T, negated: boolean): string;
  /** Values that continue what is typed after the key. */
  suggest(typed: string, seen: SeenValues): ValueSuggestion[];
  /** Words that raw text must contain to pass; see `CompiledFilter.mustContain`. */
  mustContain?(value: T): string[];
  /** Raw text that contains those words passes, where there are any. */
  mustContainSuffices?: true;
  /** The regexes that `match` tries. */
  regexes?(value: T): RegexOperand[];
  /** What to highlight in shown text, with the flag `g`; `null` for nothing. */
  pattern?(value: T): RegExp | null;
}

/** A term that was understood. */
export function understood<T>(value: T, problem: string | null = null): ParsedTerm<T> {
  return { value, problem };
}

/** A term that is left out, with the reason for the user. */
export function rejected<T>(problem: string): ParsedTerm<T> {
  return { value: null, problem };
}
