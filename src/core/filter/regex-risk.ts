/**
 * Whether a pattern repeats, without bound, something that itself repeats without bound, as `(a+)+` does: on an unlucky
 * text it can take time exponential in the text's length. It may be so where this says true; where it says false,
 * a pattern can still be slow, but only by a power of the length, or through alternatives that overlap.
 */
export function mayRunAway(source: string): boolean {
  /** For each open group, whether something in it repeats without bound. */
  const groups: boolean[] = [false];
  let inClass = false;
  let closed = false;
  for (let i = 0; i < source.length; i++) {
    const character = source[i];
    const afterGroup = closed;
    closed = false;
    if (character === '\\') i++;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') groups.push(false);
    else if (character === ')' && groups.length > 1) {
      closed = groups.pop()!;
      if (closed) groups[groups.length - 1] = true;
    } else if (character === '*' || character === '+' || /^\{\d+,\}/.test(source.slice(i, i + 12))) {
      if (afterGroup) return true;
      groups[groups.length - 1] = true;
    }
  }
  return false;
}
