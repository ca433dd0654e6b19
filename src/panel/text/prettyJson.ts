/** Longer texts are not laid out anew: they would hold up the panel. In UTF-16 units. */
export const MOST_TO_LAY_OUT = 2_000_000;

/**
 * JSON on lines of its own, indented by two spaces. Works on the text itself, so that numbers, escapes and doubled keys
 * stay as they were written. `null` if it does not begin like an object or a list, or does not end.
 */
export function prettyJson(text: string): string | null {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || trimmed.length > MOST_TO_LAY_OUT) return null;
  // A byte order mark is trimmed like white space, but no parser takes it: it is shown.
  let result = text.startsWith('\ufeff') ? '\ufeff' : '';
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  for (const [token] of trimmed.matchAll(/"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    if (token === '{' || token === '[') {
      depth++;
      result += token + line();
    } else if (token === '}' || token === ']') {
      if (--depth < 0) return null;
      result += line() + token;
    } else if (token === ',') result += `,${line()}`;
    else if (token === ':') result += ': ';
    else result += token.replace(/^([[{])\s+/, '$1');
  }
  return depth === 0 ? result : null;
}
