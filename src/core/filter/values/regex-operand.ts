import { literalRegex } from './literal';

/** The flags that change what a pattern finds. */
const MEANINGFUL = 'isumv';
/** Known to the language, without a meaning for a test. */
const IGNORED = 'gyd';

/** A pattern of the query, ready to run; a broken one stands for its own text. */
export interface RegexOperand {
  regex: RegExp;
  source: string;
  /** The flags in use, in the order typed. */
  flags: string;
  /** The pattern is broken: `regex` finds its text, without case. */
  literal: boolean;
}

/**
 * Takes a pattern (between the slashes) and its flags, of which `g`, `y` and `d` are ignored.
 * Never throws: a pattern that the engine refuses is searched literally, and `problem` says so.
 */
export function regexOperand(source: string, flags: string): { value: RegexOperand; problem: string | null } {
  const used = [...flags].filter((flag) => MEANINGFUL.includes(flag)).join('');
  const ignored = [...flags].filter((flag) => IGNORED.includes(flag));
  try {
    const value = { regex: new RegExp(source, used), source, flags: used, literal: false };
    return { value, problem: ignored.length > 0 ? ignoredNote(ignored) : null };
  } catch (error) {
    const text = source.replaceAll('\\/', '/');
    const reason = reasonOf(error);
    return {
      value: { regex: literalRegex(text), source, flags: used, literal: true },
      problem: `This is not a valid regex (${reason}), so “${text}” is searched as text.`,
    };
  }
}

/** A pattern as the user wrote it, without flags that mean nothing. */
export function showRegex({ source, flags }: RegexOperand): string {
  return `/${source}/${flags}`;
}

function ignoredNote(ignored: string[]): string {
  const names = ignored.map((flag) => `“${flag}”`).join(' and ');
  return ignored.length === 1 ? `The flag ${names} means nothing here.` : `The flags ${names} mean nothing here.`;
}

/** The engine's own words, without the pattern that it repeats. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const at = message.lastIndexOf(': ');
  return (at < 0 ? message : message.slice(at + 2)).toLowerCase();
}
