import { brotliDictionary } from './brotli-dictionary';
import { TRANSFORMS } from './brotli-transforms';

/** RFC 7932 §8: of words of each length there are 2 to the power of this; no words where it is 0. */
const BITS = [0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5];
const OFFSETS = BITS.map((_, length) =>
  BITS.slice(0, length).reduce((sum, bits, each) => sum + (bits > 0 ? each << bits : 0), 0),
);
const UPPER_FIRST = 10;
const UPPER_ALL = 11;

/** A word of the dictionary, changed as its number says (RFC 7932 §8); `undefined` where there is none. */
export function brotliWord(length: number, number: number): Uint8Array | undefined {
  const bits = BITS[length] ?? 0;
  const transform = TRANSFORMS[number >> bits];
  if (bits === 0 || transform === undefined) return undefined;
  const [before, change, after] = transform;
  const start = (OFFSETS[length] as number) + (number & ((1 << bits) - 1)) * length;
  const word = changed(brotliDictionary().slice(start, start + length), change);
  if (before === '' && after === '') return word;
  const all = new Uint8Array(before.length + word.length + after.length);
  for (let i = 0; i < before.length; i++) all[i] = before.charCodeAt(i);
  all.set(word, before.length);
  for (let i = 0; i < after.length; i++) all[before.length + word.length + i] = after.charCodeAt(i);
  return all;
}

function changed(word: Uint8Array, change: number): Uint8Array {
  if (change < UPPER_FIRST) return word.subarray(0, Math.max(0, word.length - change));
  if (change > UPPER_ALL) return word.subarray(change - UPPER_ALL);
  for (let at = 0; at < word.length; ) {
    at += switchCase(word, at);
    if (change === UPPER_FIRST) break;
  }
  return word;
}

/** Changes a character's case in a simple way that holds for ASCII, Latin and Greek; gives its bytes. */
function switchCase(word: Uint8Array, at: number): number {
  const byte = word[at] as number;
  const flip = (place: number, bits: number): void => {
    if (place < word.length) word[place] = (word[place] as number) ^ bits;
  };
  if (byte < 0xc0) {
    if (byte >= 97 && byte <= 122) flip(at, 32);
    return 1;
  }
  if (byte < 0xe0) flip(at + 1, 32);
  else flip(at + 2, 5);
  return byte < 0xe0 ? 2 : 3;
}
