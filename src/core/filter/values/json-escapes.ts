const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;

const CONTROLS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Whether encoders in use write any character of `text` as an escape: Python and PHP all but ASCII, .NET also `+`, Go `<`. */
export function isEscapedByEncoders(text: string): boolean {
  return /[^\x20-\x7e]|["\\/<>&'+`]/.test(text);
}

/** Whether `text` holds an escape that hides a letter, rather than a quote or a line's end. */
export function hidesLetters(text: string): boolean {
  return text.includes('\\u') || text.includes('\\/');
}

/** `text` with the escapes of JSON strings (RFC 8259 §7) replaced by what they stand for, wherever they are. */
export function withoutJsonEscapes(text: string): string {
  return text.replace(ESCAPE, (_escape, code: string | undefined, character: string) =>
    code === undefined ? (CONTROLS[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
