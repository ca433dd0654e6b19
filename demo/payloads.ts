const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const PADDING = ALPHABET.repeat(64);

/**
 * The payload of frame `sequence` of a flood: exactly `size` bytes, a function of its arguments alone, so that what was
 * recorded can be compared with what must have been sent.
 *
 * Text is JSON, `{"seq":N,"pad":"…"}`; below the size of that frame it is the number alone, after blanks. Binary is the
 * number as 8 bytes (big-endian, as far as they fit) and then bytes counting up from it.
 */
export function floodPayload(sequence: number, size: number, binary: boolean): Buffer {
  return binary ? floodBinary(sequence, size) : Buffer.from(floodText(sequence, size), 'latin1');
}

function floodText(sequence: number, size: number): string {
  const head = `{"seq":${sequence},"pad":"`;
  const room = size - head.length - 2;
  if (room < 0)
    return String(sequence)
      .padStart(size, ' ')
      .slice(-size || Number.POSITIVE_INFINITY);
  return `${head}${padding(sequence % ALPHABET.length, room)}"}`;
}

function floodBinary(sequence: number, size: number): Buffer {
  const payload = Buffer.allocUnsafe(size);
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(sequence));
  head.copy(payload, 0, 0, size);
  for (let index = 8; index < size; index += 1) payload[index] = (sequence + index) & 255;
  return payload;
}

function padding(from: number, length: number): string {
  if (from + length <= PADDING.length) return PADDING.slice(from, from + length);
  return PADDING.repeat(Math.ceil((from + length) / PADDING.length)).slice(from, from + length);
}

/** A JSON text of exactly `size` bytes (at least 40). */
export function bigText(size: number): string {
  const head = `{"type":"big","size":${size},"pad":"`;
  return `${head}${padding(0, size - head.length - 2)}"}`;
}

/** `size` bytes that look random and are the same each time (xorshift32, little-endian). */
export function bigBinary(size: number): Buffer {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = 0x9e3779b9;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return Buffer.from(words.buffer, 0, size);
}
