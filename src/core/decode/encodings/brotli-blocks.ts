import type { BrotliBits } from './brotli-bits';
import { type PrefixCode, readCount, readPrefixCode } from './brotli-codes';

/** RFC 7932 §6: bits that say how much longer than the least a block is, by its code. */
const EXTRA = [2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24];
/** Blocks of a kind that has one type only do not end. */
const ENDLESS = 1 << 28;

/** The block types of literals, commands or distances, and when they change (§6). */
export class BlockTypes {
  readonly count: number;
  readonly #types: PrefixCode | undefined;
  readonly #lengths: PrefixCode | undefined;
  #left = ENDLESS;
  #type = 0;
  #before = 1;

  constructor(bits: BrotliBits) {
    this.count = readCount(bits);
    if (this.count < 2) return;
    this.#types = readPrefixCode(bits, this.count + 2);
    this.#lengths = readPrefixCode(bits, EXTRA.length);
    this.#left = this.#length(bits);
  }

  /** The type of the next element. Throws `Broken`. */
  next(bits: BrotliBits): number {
    if (this.#left === 0 && this.#types) {
      const code = this.#types.read(bits);
      const type = code === 0 ? this.#before : code === 1 ? (this.#type + 1) % this.count : code - 2;
      this.#before = this.#type;
      this.#type = type;
      this.#left = this.#length(bits);
    }
    this.#left--;
    return this.#type;
  }

  #length(bits: BrotliBits): number {
    const code = this.#lengths?.read(bits) ?? 0;
    let base = 1;
    for (let i = 0; i < code; i++) base += 1 << (EXTRA[i] as number);
    return base + bits.read(EXTRA[code] as number);
  }
}

/** §7.1, Lut0: what a byte of ASCII is, as the last one in UTF-8, in quarters. */
const LAST = [
  '0000000001100100',
  '0000000000000000',
  '2343353467338393',
  'bbbbbbbbbb886a73',
  '3cdddcdddcdddddc',
  'dddddcddddd63733',
  '3efffefffefffffe',
  'fffffefffff63730',
].join('');

/**
 * How the context of a literal, 0 to 63, follows from the two bytes before it: what the last one and what the one before
 * that add to it, for each mode (LSB6, MSB6, UTF8 and Signed).
 */
export const CONTEXTS = [
  { last: mapped((byte) => byte & 63), second: mapped(() => 0) },
  { last: mapped((byte) => byte >> 2), second: mapped(() => 0) },
  { last: mapped(lastOfUtf8), second: mapped(secondOfUtf8) },
  { last: mapped((byte) => signed(byte) << 3), second: mapped(signed) },
] as const;

function mapped(of: (byte: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => of(byte));
}

function lastOfUtf8(byte: number): number {
  if (byte >= 128) return (byte >= 192 ? 2 : 0) | (byte & 1);
  return Number.parseInt(LAST.charAt(byte), 16) * 4;
}

function secondOfUtf8(byte: number): number {
  if (byte >= 127) return byte >= 224 ? 2 : 0;
  if (byte <= 32) return 0;
  if (byte >= 97 && byte <= 122) return 3;
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) ? 2 : 1;
}

function signed(byte: number): number {
  if (byte === 0 || byte === 255) return byte & 7;
  return byte < 16 ? 1 : byte < 64 ? 2 : byte < 128 ? 3 : byte < 192 ? 4 : byte < 240 ? 5 : 6;
}
