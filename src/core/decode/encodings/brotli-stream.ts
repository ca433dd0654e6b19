import { Broken } from '../reader';
import { BrotliBits } from './brotli-bits';
import { BlockTypes, CONTEXTS } from './brotli-blocks';
import { type PrefixCode, readContextMap, readCount, readPrefixCode } from './brotli-codes';
import { brotliWord } from './brotli-words';

/** RFC 7932 §5: the least length of each insert and copy code, and the bits that say how much more. */
const INSERTS = lengths(0, [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24]);
const COPIES = lengths(2, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24]);
/** §5: where the insert and the copy codes of each 64 symbols begin, in eights. */
const CELLS = [0x00, 0x01, 0x00, 0x01, 0x10, 0x11, 0x02, 0x20, 0x12, 0x21, 0x22];
/** §4: which of the last distances a code means, and what is added to it. */
const RECENT = [0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const ADDED = [0, 0, 0, 0, -1, 1, -2, 2, -3, 3, -1, 1, -2, 2, -3, 3];

/** Each code begins where the one before it ends. */
function lengths(least: number, widths: number[]): { base: number; extra: number }[] {
  let base = least;
  return widths.map((extra) => {
    const entry = { base, extra };
    base += 1 << extra;
    return entry;
  });
}

/** What a stream unpacked to, as far as it could be read. */
export interface Unbrotlied {
  bytes: Uint8Array;
  problem?: { message: string; at: number };
}

/**
 * Unpacks a Brotli stream (RFC 7932); of a broken or cut one what comes before the break.
 * @param most bytes to unpack
 */
export function unbrotli(packed: Uint8Array, most: number): Unbrotlied {
  const stream = new BrotliStream(packed, most);
  try {
    stream.run();
    return { bytes: stream.output() };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { bytes: stream.output(), problem: { message: error.message, at: Math.min(error.at, packed.length) } };
  }
}

class BrotliStream {
  readonly #bits: BrotliBits;
  #out: Uint8Array;
  #length = 0;
  #window = 0;
  /** §4: the last four distances, the latest first. */
  readonly #recent = [4, 11, 15, 16];

  constructor(
    packed: Uint8Array,
    readonly most: number,
  ) {
    this.#bits = new BrotliBits(packed);
    this.#out = new Uint8Array(Math.min(most, packed.length * 4 + 64));
  }

  output(): Uint8Array {
    return this.#out.subarray(0, this.#length);
  }

  run(): void {
    const bits = this.#bits;
    this.#window = (1 << windowBits(bits)) - 16;
    for (let last = false; !last; ) {
      last = bits.read(1) === 1;
      if (last && bits.read(1) === 1) break;
      this.#metaBlock(last);
    }
    bits.align();
    const left = bits.bytes.length - bits.at;
    if (left > 0) throw new Broken(`${left} bytes are left after the stream`, bits.at);
  }

  /** §9.2. */
  #metaBlock(last: boolean): void {
    const bits = this.#bits;
    const nibbles = bits.read(2) + 4;
    if (nibbles === 7) {
      if (last || bits.read(1) === 1) throw new Broken('a block that is not allowed', bits.at);
      const count = bits.read(2);
      const size = count === 0 ? 0 : readNumber(bits, count, 8) + 1;
      bits.align();
      if (bits.take(size).length < size) throw new Broken('the stream ends early', bits.bytes.length);
      return;
    }
    const size = readNumber(bits, nibbles, 4) + 1;
    if (!last && bits.read(1) === 1) {
      bits.align();
      const part = bits.take(size);
      this.#room(part.length);
      this.#out.set(part, this.#length);
      this.#length += part.length;
      if (part.length < size) throw new Broken('the stream ends early', bits.bytes.length);
      return;
    }
    this.#compressed(this.#length + size);
  }

  #compressed(end: number): void {
    const bits = this.#bits;
    const literals = new BlockTypes(bits);
    const commands = new BlockTypes(bits);
    const distances = new BlockTypes(bits);
    const postfix = bits.read(2);
    const direct = bits.read(4) << postfix;
    const modes = Array.from({ length: literals.count }, () => bits.read(2));
    const literalTrees = readCount(bits);
    const literalMap = readContextMap(bits, 64 * literals.count, literalTrees);
    const distanceTrees = readCount(bits);
    const distanceMap = readContextMap(bits, 4 * distances.count, distanceTrees);
    const codes = (count: number, alphabet: number): PrefixCode[] =>
      Array.from({ length: count }, () => readPrefixCode(bits, alphabet));
    const literalCodes = codes(literalTrees, 256);
    const commandCodes = codes(commands.count, 704);
    const distanceCodes = codes(distanceTrees, 16 + direct + (48 << postfix));
    while (this.#length < end) {
      const symbol = (commandCodes[commands.next(bits)] as PrefixCode).read(bits);
      const cell = CELLS[symbol >> 6] as number;
      const insert = lengthOf(bits, INSERTS[(cell >> 4) * 8 + ((symbol >> 3) & 7)]);
      const copy = lengthOf(bits, COPIES[(cell & 15) * 8 + (symbol & 7)]);
      this.#room(insert);
      if (this.#length + insert > end) throw new Broken('a block that is longer than it says', bits.at);
      let last = this.#before(1);
      let second = this.#before(2);
      const out = this.#out;
      for (let i = 0; i < insert; i++) {
        const type = literals.next(bits);
        const mode = CONTEXTS[modes[type] as number] as (typeof CONTEXTS)[number];
        const context = (mode.last[last] as number) | (mode.second[second] as number);
        second = last;
        last = (literalCodes[literalMap[type * 64 + context] as number] as PrefixCode).read(bits);
        out[this.#length++] = last;
      }
      if (this.#length === end) return;
      let distance = 0;
      if (symbol >= 128) {
        const tree = distanceMap[distances.next(bits) * 4 + Math.min(copy, 5) - 2] as number;
        distance = (distanceCodes[tree] as PrefixCode).read(bits);
      }
      this.#copy(this.#distance(distance, postfix, direct), copy, distance === 0, end);
    }
  }

  #before(back: number): number {
    return this.#length < back ? 0 : (this.#out[this.#length - back] as number);
  }

  /** §4. */
  #distance(code: number, postfix: number, direct: number): number {
    if (code < 16) {
      const distance = (this.#recent[RECENT[code] as number] as number) + (ADDED[code] as number);
      if (distance <= 0) throw new Broken('a distance that is not positive', this.#bits.at);
      return distance;
    }
    if (code < 16 + direct) return code - 15;
    const rest = code - direct - 16;
    const width = 1 + (rest >> (postfix + 1));
    const high = rest >> postfix;
    const offset = ((2 + (high & 1)) << width) - 4;
    return ((offset + this.#bits.read(width)) << postfix) + (rest & ((1 << postfix) - 1)) + direct + 1;
  }

  #copy(distance: number, length: number, again: boolean, end: number): void {
    const far = Math.min(this.#window, this.#length);
    const at = this.#bits.at;
    if (distance > far) {
      const word = brotliWord(length, distance - far - 1);
      if (word === undefined) throw new Broken('a distance before the beginning', at);
      if (this.#length + word.length > end) throw new Broken('a block that is longer than it says', at);
      this.#room(word.length);
      this.#out.set(word, this.#length);
      this.#length += word.length;
      return;
    }
    if (!again) {
      this.#recent.unshift(distance);
      this.#recent.pop();
    }
    if (this.#length + length > end) throw new Broken('a block that is longer than it says', at);
    this.#room(length);
    const out = this.#out;
    // What is copied may overlap what it is copied to: then it is repeated.
    if (distance >= length) out.copyWithin(this.#length, this.#length - distance, this.#length - distance + length);
    else for (let i = this.#length; i < this.#length + length; i++) out[i] = out[i - distance] as number;
    this.#length += length;
  }

  /** Makes room for so many more bytes. Throws {@link Broken} where that is more than is unpacked. */
  #room(count: number): void {
    const needed = this.#length + count;
    if (needed > this.most) {
      throw new Broken(`unpacks to more than ${this.most} bytes, the rest is left out`, this.#bits.at);
    }
    if (needed <= this.#out.length) return;
    const grown = new Uint8Array(Math.min(this.most, Math.max(needed, this.#out.length * 2)));
    grown.set(this.output());
    this.#out = grown;
  }
}

/** §9.1. */
function windowBits(bits: BrotliBits): number {
  if (bits.read(1) === 0) return 16;
  const large = bits.read(3);
  if (large !== 0) return 17 + large;
  const small = bits.read(3);
  if (small === 1) throw new Broken('a window that is not allowed', bits.at);
  return small === 0 ? 17 : 8 + small;
}

/** A number of so many parts, the lowest first. Throws {@link Broken} where one part fewer would do. */
function readNumber(bits: BrotliBits, parts: number, width: number): number {
  let value = 0;
  let part = 0;
  for (let i = 0; i < parts; i++) {
    part = bits.read(width);
    value += part << (width * i);
  }
  if (part === 0 && parts > (width === 4 ? 4 : 1)) throw new Broken('a length that is longer than it needs', bits.at);
  return value;
}

function lengthOf(bits: BrotliBits, entry: { base: number; extra: number } | undefined): number {
  return entry ? entry.base + bits.read(entry.extra) : 0;
}
