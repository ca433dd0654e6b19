/** Kinds told apart; what comes beyond is counted as others. */
export const MOST_KINDS = 500;
/** Number of the pattern of all kinds beyond {@link MOST_KINDS}. */
export const OTHERS = -1;

/** Different words in one place before they are taken together. */
const MOST_WORDS = 64;
/** The same for words with digits in them, in a topic or path: they are numbers of things, not kinds of messages. */
const MOST_NUMBERED = 8;
/** Parts into which a kind is split; the last holds the rest. */
const MOST_PARTS = 8;
const MOST_REMEMBERED = 4096;

interface Place {
  /** What leads here. */
  prefix: string;
  below: Map<string, Place>;
  numbered: number;
  /** Number of the kind that ends here, or of all that go on from here; `null` while there is none. */
  pattern: number | null;
  /** All that goes on from here is one. */
  grouped: boolean;
}

/**
 * Gives each kind of message a number, and the same to kinds that differ only in one place of a topic or path, as soon as
 * there are many such: `PUBLISH sensors/1`, `PUBLISH sensors/2`, ... become `PUBLISH sensors/#`. A place is what stands
 * between `/`, `.`, `:` and spaces; shapes such as `{price, symbol}` are never split. Which kinds become one follows from
 * their order alone. Bounded: {@link MOST_KINDS} numbers.
 */
export class KindPatterns {
  readonly #names: string[] = [];
  /** Numbers that were merged into others. */
  readonly #free: number[] = [];
  readonly #root: Place = place('');
  readonly #remembered = new Map<string, number>();

  /** @param onMerge told that all counted under the numbers `from` belongs to `to` now */
  constructor(readonly onMerge: (from: number[], to: number) => void) {}

  /** Number of a kind's pattern; {@link OTHERS} when there are too many. */
  numberOf(kind: string): number {
    const known = this.#remembered.get(kind);
    if (known !== undefined) return known;
    const found = this.#find(kind);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(kind, found);
    return found;
  }

  /** The pattern of a number: a kind, or its beginning with `#` for what varies. */
  nameOf(pattern: number): string {
    return this.#names[pattern] ?? '';
  }

  #find(kind: string): number {
    let at = this.#root;
    for (const part of partsOf(kind)) {
      if (at.grouped) break;
      const next = at.below.get(part);
      if (next === undefined && this.#full) return OTHERS;
      at = next ?? this.#add(at, part);
    }
    if (at.pattern === null && this.#full) return OTHERS;
    at.pattern ??= this.#name(at.prefix);
    return at.pattern;
  }

  get #full(): boolean {
    return this.#names.length - this.#free.length >= MOST_KINDS;
  }

  /** A new place below `at`, or `at` itself, if there are too many below it now. */
  #add(at: Place, part: string): Place {
    if (/\d/.test(part)) at.numbered++;
    const topic = /[/.:]$/.test(at.prefix);
    if (at !== this.#root && (at.below.size >= MOST_WORDS || (topic && at.numbered > MOST_NUMBERED))) {
      this.#group(at);
      return at;
    }
    const added = place(at.prefix + part);
    at.below.set(part, added);
    return added;
  }

  #group(at: Place): void {
    const from = [...at.below.values()].flatMap(patternsIn);
    at.grouped = true;
    at.below.clear();
    if (at.pattern !== null) from.push(at.pattern);
    const to = from.shift() ?? this.#name('');
    this.#names[to] = `${at.prefix}#`;
    at.pattern = to;
    this.#remembered.clear();
    if (from.length > 0) this.onMerge(from, to);
    this.#free.push(...from);
  }

  #name(name: string): number {
    const number = this.#free.pop() ?? this.#names.length;
    this.#names[number] = name;
    return number;
  }
}

function place(prefix: string): Place {
  return { prefix, below: new Map(), numbered: 0, pattern: null, grouped: false };
}

function patternsIn({ pattern, below }: Place): number[] {
  return [...(pattern === null ? [] : [pattern]), ...[...below.values()].flatMap(patternsIn)];
}

/** `PUBLISH sensors/1` as `PUBLISH `, `sensors/`, `1`. */
function partsOf(kind: string): string[] {
  if (/^[{[]/.test(kind)) return [kind];
  const parts = kind.match(/[^/.:\s]*[/.:\s]|[^/.:\s]+$/g) ?? [''];
  if (parts.length <= MOST_PARTS) return parts;
  return [...parts.slice(0, MOST_PARTS - 1), parts.slice(MOST_PARTS - 1).join('')];
}
