const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = 0x3d;
const INVALID = 255;

const VALUES = new Uint8Array(256).fill(INVALID);
for (let value = 0; value < 64; value++) VALUES[ALPHABET[value]] = value;

/** Characters that `bytes` bytes take as padded base64. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/**
 * Writes `bytes[from..to]` as padded base64 (RFC 4648 §4) into `out` at `at`, which must have room.
 * @returns where it ends in `out`
 */
export function encodeBase64(bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number): number {
  let i = from;
  let o = at;
  for (; i + 2 < to; i += 3) {
    const word = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    out[o++] = ALPHABET[word >> 18];
    out[o++] = ALPHABET[(word >> 12) & 63];
    out[o++] = ALPHABET[(word >> 6) & 63];
    out[o++] = ALPHABET[word & 63];
  }
  if (i < to) {
    const two = i + 1 < to;
    const word = (bytes[i] << 16) | (two ? bytes[i + 1] << 8 : 0);
    out[o++] = ALPHABET[word >> 18];
    out[o++] = ALPHABET[(word >> 12) & 63];
    out[o++] = two ? ALPHABET[(word >> 6) & 63] : PADDING;
    out[o++] = PADDING;
  }
  return o;
}

/**
 * Bytes of base64 (RFC 4648 §4), with or without padding.
 * @param text the characters as ASCII or UTF-8
 * @returns `null` when the text is not base64, or holds white space
 */
export function decodeBase64(text: Uint8Array): Uint8Array | null {
  let length = text.length;
  if (length % 4 === 0 && length > 0 && text[length - 1] === PADDING) {
    length -= text[length - 2] === PADDING ? 2 : 1;
  }
  const rest = length % 4;
  if (rest === 1) return null;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let o = 0;
  let word = 0;
  for (let i = 0; i < length; i++) {
    const value = VALUES[text[i]];
    if (value === INVALID) return null;
    word = ((word << 6) | value) & 0xffffff;
    if (i % 4 === 3) {
      bytes[o++] = word >> 16;
      bytes[o++] = (word >> 8) & 255;
      bytes[o++] = word & 255;
    }
  }
  if (rest === 2) bytes[o] = word >> 4;
  if (rest === 3) {
    bytes[o++] = word >> 10;
    bytes[o] = (word >> 2) & 255;
  }
  return bytes;
}
