const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as lower-case hex, two digits a byte, with nothing between. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Two hex digits of one byte. */
export function hexByte(byte: number): string {
  return HEX[byte];
}

/** Bytes as base64 (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  let latin = '';
  for (let at = 0; at < bytes.length; at += 0x8000) latin += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(latin);
}

/**
 * Reads hex as people write it: with or without spaces, line breaks, commas, colons and `0x`.
 * @throws {Error} saying what is wrong and where
 */
export function fromHex(text: string): Uint8Array {
  const digits: number[] = [];
  for (const token of text.matchAll(/0x|[\s,:]+|[\s\S]/giu)) {
    if (/^(0x|[\s,:]+)$/i.test(token[0])) continue;
    const value = Number.parseInt(token[0], 16);
    if (Number.isNaN(value)) throw new Error(`Not hex: “${token[0]}” at character ${token.index + 1}`);
    digits.push(value);
  }
  if (digits.length % 2) throw new Error(`Not hex: ${digits.length} digits, an odd number`);
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = digits[at * 2] * 16 + digits[at * 2 + 1];
  return bytes;
}

/**
 * Reads base64, also the URL-safe alphabet, with or without padding and white space.
 * @throws {Error} saying what is wrong and where
 */
export function fromBase64(text: string): Uint8Array {
  const wrong = /[^A-Za-z0-9+/_=\s-]/u.exec(text);
  if (wrong) throw new Error(`Not base64: “${wrong[0]}” at character ${wrong.index + 1}`);
  const plain = text
    .replace(/\s|=+\s*$/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
  if (plain.includes('=') || plain.length % 4 === 1) throw new Error('Not base64: it is cut off');
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}
