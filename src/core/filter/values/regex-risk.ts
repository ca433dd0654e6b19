/** What is known of an open group. */
interface Group {
  /** Something in it repeats without bound. */
  repeats: boolean;
  /** How each alternative begins; `null` where that is not one literal character. */
  begins: (string | null)[];
  /** An alternative begins here. */
  atBegin: boolean;
}

/**
 * Whether a pattern repeats, without bound, something that itself repeats without bound, as `(a+)+` does, or that
 * has alternatives which may begin alike, as `(a|ab)*` does: on an unlucky text it can take time exponential in the text's
 * length. Where this says false, a pattern can still be slow, but by a power of the length only.
 */
export function mayRunAway(source: string): boolean {
  const groups: Group[] = [newGroup()];
  let closed: Group | null = null;
  for (let i = 0; i < source.length; i++) {
    const group = groups[groups.length - 1];
    const before = closed;
    closed = null;
    const unbounded = /^(?:[*+]|\{\d+,\})/.test(source.slice(i, i + 12));
    if (unbounded) {
      if (before && (before.repeats || mayBeginAlike(before.begins))) return true;
      group.repeats = true;
      continue;
    }
    const character = source[i];
    const begin = character === '(' && source[i + 1] === '?' ? null : character;
    if (group.atBegin) group.begins.push(/[\\[(.^$|)]/.test(character) ? null : begin);
    group.atBegin = character === '|';
    if (character === '\\') i++;
    else if (character === '[') i = classEnd(source, i);
    else if (character === '(') {
      groups.push(newGroup());
      i = groupBegin(source, i);
    } else if (character === ')' && groups.length > 1) {
      closed = groups.pop()!;
      const outer = groups[groups.length - 1];
      outer.repeats ||= closed.repeats || mayBeginAlike(closed.begins);
    }
  }
  return false;
}

function newGroup(): Group {
  return { repeats: false, begins: [], atBegin: true };
}

function mayBeginAlike(begins: (string | null)[]): boolean {
  if (begins.length < 2) return false;
  return begins.includes(null) || new Set(begins.map((begin) => begin?.toLowerCase())).size < begins.length;
}

/** The last index of `(?:`, `(?<name>`, `(?=` and the like, or of a bare `(`. */
function groupBegin(source: string, at: number): number {
  const opening = /^\(\?(?:[:=!]|<[=!]|<[^>]*>|[a-z-]*:)/.exec(source.slice(at, at + 64));
  return opening ? at + opening[0].length - 1 : at;
}

/** The index of the `]` that ends the class at `at`, or the end. */
function classEnd(source: string, at: number): number {
  let i = at + 1;
  while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
  return i;
}
