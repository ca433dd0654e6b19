import { KEY_KINDS } from '../terms/registry';
import type { TermKind } from '../terms/term-kind';
import { nearest } from './nearest';

/** A word that was probably meant as something else is searched as text; this says so. `null` when all is well. */
export function wordProblem(word: string): string | null {
  const regexLike = /^\/.+\/([A-Za-z]+)$/.exec(word);
  if (regexLike) {
    return `“${regexLike[1]}” are no flags of a regex (they are i, s, u, m and v), so this is searched as text. In quotes, it is text for sure.`;
  }
  if (/^\/.*[\\[\]()*+?|^{}]/.test(word)) return 'This is searched as text. A regex ends with a slash: /…/';
  const keyed = /^([A-Za-z][\w-]*)(:|>=?|<=?|=)(.*)$/s.exec(word);
  if (!keyed) return null;
  const [, key, sign, rest] = keyed;
  const meant = meantKey(key);
  if (sign !== ':')
    return meant === key.toLowerCase() ? `This is searched as text. Did you mean ${meant}:${sign}${rest}?` : null;
  if (rest.startsWith('//')) return null;
  const hint = meant ? `Did you mean ${meant}:${rest}? ` : '';
  return `There is no key “${key}:”, so this is searched as text. ${hint}In quotes, it is text for sure.`;
}

/** What to say of `size:` with nothing behind it. */
export function emptyKeyProblem(kind: TermKind): string {
  return `${kind.written} needs a value right behind it, such as ${kind.examples[0]}. Until then it is left out.`;
}

function meantKey(key: string): string | null {
  const lower = key.toLowerCase();
  const synonym = KEY_KINDS.find(({ id, alsoTried }) => id === lower || alsoTried.includes(lower));
  if (synonym) return synonym.id;
  const ids = KEY_KINDS.map(({ id }) => id);
  return nearest(lower, ids, lower.length > 3 ? 2 : 1);
}
