/** A piece of a pattern, or all of it. */
interface Part {
  /** How many ways there are for it to match one text, at most. */
  ways: number;
  /** The index after it. */
  end: number;
}

/**
 * About how many steps a backtracking engine may take at most to find a pattern in a text: the product of the ways in which each
 * of its pieces can match, for each place to begin at. `a.*b` takes the square of the length, `(a+)+` without end. Too high rather
 * than too low; back references and lookarounds count as what is in them.
 * @param source of a valid `RegExp`
 * @param length of the text, in UTF-16 units
 * @returns may be `Infinity`
 */
export function regexSteps(source: string, length: number): number {
  return alternatives(source, 0, length).ways * length;
}

/** What is between two brackets; ends at the closing one, or at the end. */
function alternatives(source: string, from: number, length: number): Part {
  const begins: (string | null)[] = [];
  let most = 1;
  let sum = 0;
  for (let at = from; ; at++) {
    const first = source[at] ?? '';
    begins.push(first === '' || /[\\[(.^$|)]/.test(first) ? null : first.toLowerCase());
    const { ways, end } = sequence(source, at, length);
    most = Math.max(most, ways);
    sum += ways;
    at = end;
    if (source[at] !== '|') {
      // Of alternatives that begin with different characters only one can match.
      const alike = begins.includes(null) || new Set(begins).size < begins.length;
      return { ways: alike ? sum : most, end: at };
    }
  }
}

/** Pieces after each other; ends at `|`, at a closing bracket, or at the end. */
function sequence(source: string, from: number, length: number): Part {
  let ways = 1;
  let at = from;
  while (at < source.length && source[at] !== '|' && source[at] !== ')') {
    const piece = atom(source, at, length);
    const { least, most, end } = quantifier(source, piece.end, length);
    // Each time it is repeated there are these ways again.
    ways *= piece.ways ** most * (most - least + 1);
    at = end;
  }
  return { ways, end: at };
}

function atom(source: string, at: number, length: number): Part {
  if (source[at] === '\\') return { ways: 1, end: at + 2 };
  if (source[at] === '[') return { ways: 1, end: classEnd(source, at) + 1 };
  if (source[at] !== '(') return { ways: 1, end: at + 1 };
  const opening = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>|[a-z-]*:))?/.exec(source.slice(at, at + 64))!;
  const { ways, end } = alternatives(source, at + opening[0].length, length);
  return { ways, end: end + 1 };
}

/** How often the piece before it comes; as often as the text is long where there is no bound. */
function quantifier(source: string, at: number, length: number): { least: number; most: number; end: number } {
  const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(source.slice(at, at + 32));
  if (!found) return { least: 1, most: 1, end: at };
  const [all, sign, least, comma, most] = found;
  const end = at + all.length;
  if (sign) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : length, end };
  const low = Math.min(Number(least), length);
  return { least: low, most: comma ? Math.min(Number(most || length), length) : low, end };
}

/** The index of the `]` that ends the class at `at`, or the end. */
function classEnd(source: string, at: number): number {
  let i = at + 1;
  while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
  return i;
}
