import { termKind } from '../terms/registry';
import type { TermKind } from '../terms/term-kind';
import type { QueryProblem } from '../types';
import { isSpace, lexOperand, lexPath, lexQuoted, lexRegex, lexWord, plainOperand, textOperand } from './lex';
import type { Operand, Query, QueryNode, TermNode } from './query';
import { emptyKeyProblem, wordProblem } from './word-problems';

/** Brackets within brackets beyond this are not followed. */
const DEEPEST = 64;

const KEY = /([A-Za-z][\w-]*):/y;

/**
 * Reads a query as docs/filter.md describes it. Total: any text gives a query; what cannot be used as written is
 * in `problems`, and the rest still works.
 */
export function parseQuery(text: string): Query {
  return new Parser(text).query();
}

class Parser {
  private readonly problems: QueryProblem[] = [];
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  query(): Query {
    const root = this.alternatives();
    return { text: this.text, root, problems: this.problems.sort((a, b) => a.start - b.start) };
  }

  /** `a OR b`; an `OR` without a term on one side is left out. */
  private alternatives(): QueryNode | null {
    const items: QueryNode[] = [];
    let or: number | null = null;
    for (;;) {
      const before = this.problems.length;
      const item = this.sequence();
      if (item) items.push(...(item.type === 'or' ? item.items : [item]));
      const more = this.keyword('OR');
      if (!item && this.problems.length === before) {
        if (or !== null) this.loneOr(or);
        else if (more) this.loneOr(this.at);
      }
      if (!more) break;
      or = this.at;
      this.at += 2;
    }
    return group('or', items);
  }

  private loneOr(at: number): void {
    this.problem(at, at + 2, 'OR needs a term on both sides, so it is left out. To search for it, write "OR".');
  }

  /** `a b`, up to an `OR`, a closing bracket or the end. */
  private sequence(): QueryNode | null {
    const items: QueryNode[] = [];
    for (;;) {
      this.skipSpace();
      if (this.at >= this.text.length || this.keyword('OR')) break;
      if (this.text[this.at] === ')') {
        if (this.depth > 0) break;
        this.problem(this.at, this.at + 1, 'This bracket closes nothing, so it is left out.');
        this.at++;
      } else if (this.keyword('AND')) {
        this.at += 3;
      } else {
        const item = this.signed();
        if (item) items.push(...(item.type === 'and' ? item.items : [item]));
      }
    }
    return group('and', items);
  }

  /** A term or brackets, with any number of `-` before it. */
  private signed(): QueryNode | null {
    const start = this.at;
    while (this.text[this.at] === '-') this.at++;
    const signs = this.at - start;
    if (signs > 0 && (this.at >= this.text.length || isSpace(this.text[this.at]) || this.text[this.at] === ')')) {
      this.problem(start, this.at, '“-” excludes what follows it, but nothing does. To search for it, write "-".');
      return null;
    }
    const item = this.text[this.at] === '(' ? this.brackets() : this.term();
    if (!item || signs % 2 === 0) return item;
    return item.type === 'not' ? item.item : { type: 'not', item, start, end: item.end };
  }

  private brackets(): QueryNode | null {
    const start = this.at++;
    if (this.depth >= DEEPEST) {
      this.problem(start, this.at, 'There are too many brackets within brackets, so this one is left out.');
      return null;
    }
    this.depth++;
    const before = this.problems.length;
    const item = this.alternatives();
    this.depth--;
    if (this.text[this.at] === ')') this.at++;
    else this.problem(start, start + 1, 'This bracket is not closed, so it goes on to the end.');
    if (!item && this.problems.length === before)
      this.problem(start, this.at, 'There is nothing between these brackets.');
    return item;
  }

  private term(): TermNode | null {
    const start = this.at;
    if (this.text[start] === '"') {
      const quoted = lexQuoted(this.text, start);
      if (quoted) {
        if (!quoted.closed) this.problem(start, start + 1, 'This quote is not closed, so it goes on to the end.');
        return this.finish('text', '', textOperand(quoted.value), start, quoted.end);
      }
    }
    if (this.text[start] === '/') {
      const regex = lexRegex(this.text, start);
      if (regex) return this.finish('regex', '', { form: 'regex', ...regex.value }, start, regex.end);
    }
    if (this.text[start] === '$' && /^\$(?:[.[:)\s]|$)/.test(this.text.slice(start, start + 2))) return this.pathTerm();
    const key = this.key();
    return key ? this.keyTerm(key) : this.word();
  }

  private pathTerm(): TermNode | null {
    const start = this.at;
    const path = lexPath(this.text, start);
    if (!path) {
      this.at = lexWord(this.text, start, this.depth).end;
      this.problem(start, this.at, 'This JSON path is not complete; it should look like $.a[0].b or $["my key"].');
      return null;
    }
    if (this.text[path.end] !== ':') return this.finish('json', path.value, null, start, path.end);
    const operand = this.operand(path.end + 1);
    if (operand) return this.finish('json', path.value, operand.value, start, operand.end);
    this.at = path.end + 1;
    this.problem(
      start,
      this.at,
      `A value is missing right behind the colon. To find frames that have ${path.value}, leave the colon out.`,
    );
    return this.finish('json', path.value, null, start, path.end + 1);
  }

  /** The kind of term whose key stands here. */
  private key(): TermKind | null {
    KEY.lastIndex = this.at;
    const id = KEY.exec(this.text)?.[1].toLowerCase();
    const kind = id === undefined ? undefined : termKind(id);
    return kind?.written === `${id}:` ? kind : null;
  }

  private keyTerm(kind: TermKind): TermNode | null {
    const start = this.at;
    const behind = start + kind.written.length;
    const operand = this.operand(behind);
    if (operand) return this.finish(kind.id, '', operand.value, start, operand.end);
    this.at = behind;
    this.problem(start, behind, emptyKeyProblem(kind));
    return null;
  }

  private operand(at: number): { value: Operand; end: number } | null {
    const operand = lexOperand(this.text, at, this.depth);
    if (operand && !operand.closed) this.problem(at, at + 1, 'This quote is not closed, so it goes on to the end.');
    return operand;
  }

  private word(): TermNode | null {
    const start = this.at;
    const word = lexWord(this.text, start, this.depth);
    const message = wordProblem(word.value);
    if (message) this.problem(start, word.end, message);
    return this.finish('text', '', textOperand(word.value), start, word.end);
  }

  /** Asks the kind what it makes of the term, which stays in the tree even if it has to be left out. */
  private finish(kind: string, path: string, operand: Operand | null, start: number, end: number): TermNode | null {
    this.at = end;
    const normal = operand?.form === 'bare' && kind !== 'text' ? plainOperand(operand.text) : operand;
    const { problem } = termKind(kind)!.parse({ path, operand: normal });
    if (problem) this.problem(start, end, problem);
    return { type: 'term', kind, path, operand: normal, start, end };
  }

  private keyword(word: string): boolean {
    const behind = this.text[this.at + word.length];
    return (
      this.text.startsWith(word, this.at) &&
      (behind === undefined || isSpace(behind) || behind === '(' || behind === ')')
    );
  }

  private skipSpace(): void {
    while (this.at < this.text.length && isSpace(this.text[this.at])) this.at++;
  }

  private problem(start: number, end: number, message: string): void {
    this.problems.push({ start, end, message });
  }
}

function group(type: 'and' | 'or', items: QueryNode[]): QueryNode | null {
  if (items.length < 2) return items[0] ?? null;
  return { type, items, start: items[0].start, end: items[items.length - 1].end };
}
