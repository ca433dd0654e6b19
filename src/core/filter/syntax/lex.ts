import type { Operand } from './query';

/** A piece of the query and the offset behind it. */
export interface Lexed<T> {
  value: T;
  end: number;
}

/** Whether `at` is behind the last character of a term: the end, white space, or a closing bracket. */
function isBoundary(text: string, at: number): boolean {
  return at >= text.length || text[at] === ')' || isSpace(text[at]);
}

/** Whether one UTF-16 unit is white space, a line's end included. */
export function isSpace(character: string): boolean {
  return character.trim() === '';
}

/**
 * `"a phrase"` at `at`, with `\"` and `\\` inside. `null` when the closing quote has something behind it, as in
 * a pasted `"type":"trade"`: that is a word. Without a closing quote the rest of the query is the phrase.
 */
export function lexQuoted(text: string, at: number): (Lexed<string> & { closed: boolean }) | null {
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) {
      value += text[++i];
    } else if (character === '"') {
      return isBoundary(text, i + 1) ? { value, end: i + 1, closed: true } : null;
    } else {
      value += character;
    }
  }
  return { value, end: text.length, closed: false };
}

/**
 * `/pattern/flags` at `at`. A slash closes it when only flags and a boundary follow, so `/api/users` is none.
 * In the source given, every slash is escaped, which makes it print as it parses.
 */
export function lexRegex(text: string, at: number): Lexed<{ source: string; flags: string }> | null {
  let source = '';
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '\\' && i + 1 < text.length) {
      source += character + text[++i];
    } else if (character !== '/') {
      source += character;
    } else {
      const flags = /^[dgimsuvy]*/.exec(text.slice(i + 1, i + 32))?.[0] ?? '';
      const end = i + 1 + flags.length;
      if (source !== '' && isBoundary(text, end)) return { value: { source, flags }, end };
      source += '\\/';
    }
  }
  return null;
}

/** A run without white space; `depth` is the number of open brackets, of which a `)` closes one. */
export function lexWord(text: string, at: number, depth: number): Lexed<string> {
  let inner = 0;
  let end = at;
  while (end < text.length && !isSpace(text[end])) {
    if (text[end] === '(') inner++;
    if (text[end] === ')') {
      if (inner > 0) inner--;
      else if (depth > 0) break;
    }
    end++;
  }
  return { value: text.slice(at, end), end };
}

const PATH_BRACKET = /\["(?:[^"\\]|\\.)*"\]|\['(?:[^'\\]|\\.)*'\]|\[(?:\*|-?\d+)\]/y;
const PATH_DOT = /\.{1,2}(?:\*|[^\s.[\]:()"']+)|\.{2}(?=\[)/y;

/** A JSON path at `at`, which holds `$`; `null` when it is not one, or not complete. It ends at `:` or a boundary. */
export function lexPath(text: string, at: number): Lexed<string> | null {
  let end = at + 1;
  for (;;) {
    PATH_BRACKET.lastIndex = end;
    PATH_DOT.lastIndex = end;
    const found = PATH_BRACKET.exec(text) ?? PATH_DOT.exec(text);
    if (!found) break;
    end += found[0].length;
  }
  return text[end] === ':' || isBoundary(text, end) ? { value: text.slice(at, end), end } : null;
}

/** What follows a key's colon at `at`; `null` when nothing does. */
export function lexOperand(text: string, at: number, depth: number): (Lexed<Operand> & { closed: boolean }) | null {
  if (text[at] === '"') {
    const quoted = lexQuoted(text, at);
    if (quoted) return { value: { form: 'quoted', text: quoted.value }, end: quoted.end, closed: quoted.closed };
  }
  if (text[at] === '/') {
    const regex = lexRegex(text, at);
    if (regex) return { value: { form: 'regex', ...regex.value }, end: regex.end, closed: true };
  }
  const word = lexWord(text, at, depth);
  return word.value === '' ? null : { value: plainOperand(word.value), end: word.end, closed: true };
}

/** An operand of plain text: bare where that reads back the same, else quoted. */
export function plainOperand(text: string): Operand {
  return { form: /^[^\s()"/][^\s()]*$/.test(text) ? 'bare' : 'quoted', text };
}

/** The operand of a free text term: bare where that reads back as the same text, else quoted. */
export function textOperand(text: string): Operand {
  const isWord =
    /^[^\s()"/$-][^\s()]*$/.test(text) && !/^(?:OR|AND)$/.test(text) && !/^[A-Za-z][\w-]*[:<>=]/.test(text);
  return { form: isWord ? 'bare' : 'quoted', text };
}
