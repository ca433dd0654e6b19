import { decodeBase64 } from '../../format/base64';

const MINUS = 0x2d;
const UNDERSCORE = 0x5f;
const PLUS = 0x2b;
const SLASH = 0x2f;

/**
 * Bytes of base64 or base64url text (RFC 4648 §4, §5), padded or not; white space at its ends and line breaks are left
 * out. `null` where it is neither.
 */
export function bytesOfBase64(text: Uint8Array): Uint8Array | null {
  const clean = new Uint8Array(text.length);
  let length = 0;
  for (const byte of text) {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
    clean[length++] = byte === MINUS ? PLUS : byte === UNDERSCORE ? SLASH : byte;
  }
  return decodeBase64(clean.subarray(0, length));
}
