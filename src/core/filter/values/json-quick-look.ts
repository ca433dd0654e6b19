import type { RowContent } from '../types';
import type { PathStep } from './json-path';

/** Words that stand in JSON as they are, if nothing in it is escaped. */
const PLAIN_WORD = /^[ !#-[\]-~]+$/;

/**
 * A test whether it is worth reading a payload's JSON: false only if no value at the path can pass. Where the JSON is the
 * text and holds no escape, the names of the path's members and the value asked for must occur in it.
 * @param whole see `JsonTest.whole`
 */
export function jsonQuickLook(steps: PathStep[], whole: string | null): (content: RowContent) => boolean {
  const names = steps.flatMap((step) => (step.type === 'key' ? [step.key] : []));
  // A name of digits may be a place in an array.
  const words = [...names.filter((name) => !/^\d+$/.test(name)), ...(whole === null ? [] : [whole])];
  const plain = words.filter((word) => PLAIN_WORD.test(word)).sort((a, b) => b.length - a.length);
  if (plain.length === 0) return () => true;
  return (content) => {
    if (content.jsonIsText?.() !== true) return true;
    const text = content.text();
    for (const word of plain) if (!text.includes(word)) return text.includes('\\');
    return true;
  };
}
