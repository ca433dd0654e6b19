const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/** Beyond this a literal is too large for the regex engine, and is searched otherwise. */
export const LONGEST_PATTERN = 1000;

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/** Whether `text` is one or more characters of printable ASCII. */
export function isPrintableAscii(text: string): boolean {
  return PRINTABLE_ASCII.test(text);
}

/** `text` with every character of the regex syntax escaped, valid with and without the flag `u`. */
export function escapeRegex(text: string): string {
  return text.replace(SYNTAX, '\\$&');
}

/**
 * A regex that finds `text` literally and without case, with `extra` flags. ASCII is folded to ASCII only, so that
 * a scan of bytes finds the same; other text is folded as Unicode says.
 */
export function literalRegex(text: string, extra = ''): RegExp {
  return new RegExp(escapeRegex(text), `${isPrintableAscii(text) ? 'i' : 'iu'}${extra}`);
}

/** A test whether a string contains `text`, without case. Allocates nothing on a call. */
export function containsTest(text: string): (haystack: string) => boolean {
  if (text.toLowerCase() === text.toUpperCase()) return (haystack) => haystack.includes(text);
  if (text.length > LONGEST_PATTERN) {
    const lower = text.toLowerCase();
    return (haystack) => haystack.length >= text.length && haystack.toLowerCase().includes(lower);
  }
  const regex = literalRegex(text);
  return (haystack) => regex.test(haystack);
}
