import { Broken } from '../reader';
import type { BrotliBits } from './brotli-bits';

/** Longest code of a symbol, in bits (RFC 7932 §3.1). */
const LONGEST = 15;
/** Codes up to this length are looked up in one step. */
const ROOT = 8;
/** §7.3: where moving to the front begins. */
const INITIAL = Uint8Array.from({ length: 256 }, (_, i) => i);
/** §3.5: order of the lengths of the code of lengths. */
const ORDER = [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/** §3.5: the length and the number of bits, by the next four bits. */
const LENGTHS = [0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5];
const LENGTH_BITS = [2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4];

const NOTHING = new Uint16Array(0);

/** A canonical prefix code (RFC 7932 §3.2). */
export class PrefixCode {
  /** Symbols by their code's length, then by number. */
  readonly #symbols: Uint16Array;
  readonly #counts: Uint16Array;
  /** The symbol that takes no bits; -1 where there are several. */
  readonly #only: number;
  /** Length times 1024 and symbol, by the next bits; 0 where the code is longer. */
  readonly #root: Uint16Array;

  /** @param lengths of each symbol's code, 0 for none; or the only symbol, which takes no bits */
  constructor(lengths: Uint8Array | number) {
    if (typeof lengths === 'number') {
      this.#only = lengths;
      this.#symbols = this.#counts = this.#root = NOTHING;
      return;
    }
    const counts = new Uint16Array(LONGEST + 1);
    this.#counts = counts;
    for (let symbol = 0; symbol < lengths.length; symbol++) (counts[lengths[symbol] as number] as number)++;
    counts[0] = 0;
    const offsets = new Uint16Array(LONGEST + 2);
    for (let length = 1; length <= LONGEST; length++) {
      offsets[length + 1] = (offsets[length] as number) + (this.#counts[length] as number);
    }
    this.#symbols = new Uint16Array(offsets[LONGEST + 1] as number);
    const next = offsets.slice();
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] as number;
      if (length > 0) this.#symbols[(next[length] as number)++] = symbol;
    }
    this.#only = this.#symbols.length === 1 ? (this.#symbols[0] as number) : -1;
    this.#root = new Uint16Array(this.#only < 0 ? 1 << ROOT : 0);
    if (this.#only < 0) this.#fillRoot(offsets);
  }

  #fillRoot(offsets: Uint16Array): void {
    let code = 0;
    for (let length = 1; length <= ROOT; length++, code <<= 1) {
      for (let i = 0; i < (this.#counts[length] as number); i++, code++) {
        const entry = length * 1024 + (this.#symbols[(offsets[length] as number) + i] as number);
        for (let at = reversed(code, length); at < 1 << ROOT; at += 1 << length) this.#root[at] = entry;
      }
    }
  }

  /** The next symbol. Throws {@link Broken} behind the end of the bits. */
  read(bits: BrotliBits): number {
    if (this.#only >= 0) return this.#only;
    const peeked = bits.peek(LONGEST);
    const entry = this.#root[peeked & ((1 << ROOT) - 1)] as number;
    if (entry !== 0) {
      bits.drop(entry >> 10);
      return entry & 1023;
    }
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST; length++) {
      code |= (peeked >> (length - 1)) & 1;
      const count = this.#counts[length] as number;
      if (code - first < count) {
        bits.drop(length);
        return this.#symbols[index + code - first] as number;
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Broken('no symbol has this code', bits.at);
  }
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}

/** Reads the description of a prefix code for so many symbols (§3.4, §3.5). Throws {@link Broken}. */
export function readPrefixCode(bits: BrotliBits, alphabet: number): PrefixCode {
  const skip = bits.read(2);
  return new PrefixCode(skip === 1 ? simpleLengths(bits, alphabet) : complexLengths(bits, alphabet, skip));
}

function simpleLengths(bits: BrotliBits, alphabet: number): Uint8Array | number {
  const width = 32 - Math.clz32(alphabet - 1);
  const count = bits.read(2) + 1;
  const symbols = Array.from({ length: count }, () => bits.read(width));
  const [only = 0] = symbols;
  if (count === 1 && only < alphabet) return only;
  const lengths = new Uint8Array(alphabet);
  const deep = count === 4 && bits.read(1) === 1;
  const shape = [[1], [1, 1], [1, 2, 2], deep ? [1, 2, 3, 3] : [2, 2, 2, 2]][count - 1] ?? [];
  for (const [i, symbol] of symbols.entries()) {
    if (symbol >= alphabet || lengths[symbol] !== 0) throw new Broken('a prefix code of wrong symbols', bits.at);
    lengths[symbol] = shape[i] ?? 0;
  }
  return lengths;
}

function complexLengths(bits: BrotliBits, alphabet: number, skip: number): Uint8Array {
  const code = lengthCode(bits, skip);
  const lengths = new Uint8Array(alphabet);
  let space = 1 << LONGEST;
  let before = 8;
  let repeated = 0;
  let repeating = -1;
  for (let symbol = 0; symbol < alphabet && space > 0; ) {
    const length = code.read(bits);
    if (length < 16) {
      repeating = -1;
      lengths[symbol++] = length;
      if (length > 0) {
        before = length;
        space -= (1 << LONGEST) >> length;
      }
      continue;
    }
    // A run that goes on is longer than both of its parts.
    const extra = length - 14;
    const last = repeating === length ? repeated : 0;
    repeated = (last > 0 ? (last - 2) << extra : 0) + bits.read(extra) + 3;
    repeating = length;
    const count = repeated - last;
    if (symbol + count > alphabet) throw new Broken('a prefix code of too many symbols', bits.at);
    if (length === 16) {
      lengths.fill(before, symbol, symbol + count);
      space -= count * ((1 << LONGEST) >> before);
    }
    symbol += count;
  }
  if (space !== 0) throw new Broken('a prefix code that is not whole', bits.at);
  return lengths;
}

function lengthCode(bits: BrotliBits, skip: number): PrefixCode {
  const lengths = new Uint8Array(18);
  let space = 32;
  let used = 0;
  for (let i = skip; i < 18 && space > 0; i++) {
    const next = bits.peek(4);
    bits.drop(LENGTH_BITS[next] as number);
    const length = LENGTHS[next] as number;
    lengths[ORDER[i] as number] = length;
    if (length > 0) {
      space -= 32 >> length;
      used++;
    }
  }
  if (used !== 1 && space !== 0) throw new Broken('a code of lengths that is not whole', bits.at);
  return new PrefixCode(lengths);
}

/** A number from 1 to 256 (§9.2, NBLTYPES). */
export function readCount(bits: BrotliBits): number {
  if (bits.read(1) === 0) return 1;
  const width = bits.read(3);
  return 1 + (1 << width) + bits.read(width);
}

/** Which of `trees` prefix codes stands for each of `size` contexts (§7.3). Throws {@link Broken}. */
export function readContextMap(bits: BrotliBits, size: number, trees: number): Uint8Array {
  const map = new Uint8Array(size);
  if (trees < 2) return map;
  const runs = bits.read(1) === 1 ? bits.read(4) + 1 : 0;
  const code = readPrefixCode(bits, trees + runs);
  for (let i = 0; i < size; ) {
    const symbol = code.read(bits);
    if (symbol === 0) i++;
    else if (symbol > runs) map[i++] = symbol - runs;
    else {
      i += (1 << symbol) + bits.read(symbol);
      if (i > size) throw new Broken('a context map that is too long', bits.at);
    }
  }
  if (bits.read(1) === 1) undoMoveToFront(map);
  return map;
}

function undoMoveToFront(map: Uint8Array): void {
  const front = INITIAL.slice();
  for (let i = 0; i < map.length; i++) {
    const index = map[i] as number;
    const value = front[index] as number;
    map[i] = value;
    if (index === 0) continue;
    front.copyWithin(1, 0, index);
    front[0] = value;
  }
}
