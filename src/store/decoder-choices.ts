import { isRecord } from '../core/messages/rpc';

/** Choices of decoders as they lie in the settings; of anything else none. */
export function parseChoices(value: unknown): Map<string, string> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return new Map(entries.flatMap(([pattern, id]) => (typeof id === 'string' ? [[pattern, id]] : [])));
}

/**
 * The decoder that the user chose for a URL: for itself, or by the longest pattern that fits.
 * @param choices decoders by URL without query, or by a pattern with `*` for any characters
 * @param url without query
 * @returns `undefined` where nothing was chosen; empty where it was chosen that none is
 */
export function chosenFor(choices: ReadonlyMap<string, string>, url: string): string | undefined {
  const exact = choices.get(url);
  if (exact !== undefined) return exact;
  let best = '';
  for (const pattern of choices.keys()) {
    if (pattern.includes('*') && pattern.length > best.length && matches(pattern, url)) best = pattern;
  }
  return choices.get(best);
}

/** Linear in the length of both: each part between stars is looked for once, from where the one before ended. */
function matches(pattern: string, url: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  const tail = parts.pop() ?? '';
  if (!url.startsWith(head)) return false;
  let at = head.length;
  for (const part of parts) {
    const found = url.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return url.length - tail.length >= at && url.endsWith(tail);
}
