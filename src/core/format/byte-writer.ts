import { base64Length, encodeBase64 } from './base64';

/** A chunk is given out when it has grown to this many bytes. */
export const CHUNK_BYTES = 1 << 20;
/** Payload bytes written between two looks at the chunk's size; a multiple of 3, so base64 pieces join. */
const SLICE = 3 << 16;
/** The longest escape of one byte in a JSON string: `\u0000`. */
const ESCAPE_BYTES = 6;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HEX = '0123456789abcdef';
const SHORT_ESCAPES: Record<number, number> = { 8: 0x62, 9: 0x74, 10: 0x6e, 12: 0x66, 13: 0x72 };

const encoder = new TextEncoder();

/** Builds a file of UTF-8 piece by piece; payload bytes go in without being decoded to text first. */
export class ByteWriter {
  #buffer = new Uint8Array(CHUNK_BYTES + (CHUNK_BYTES >> 2));
  #length = 0;

  /** Whether {@link take} should be called before more is written. */
  get full(): boolean {
    return this.#length >= CHUNK_BYTES;
  }

  /** The bytes written since the last call, valid until more is written: the buffer is used again. */
  take(): Uint8Array {
    const taken = this.#buffer.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** Writes text of ASCII characters as they are. */
  ascii(text: string): void {
    this.#reserve(text.length);
    const buffer = this.#buffer;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) buffer[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  /** Writes a value as JSON. */
  json(value: unknown): void {
    this.#utf8(JSON.stringify(value));
  }

  /** Writes the members of an object as JSON, without its braces. */
  members(value: object): void {
    this.#utf8(JSON.stringify(value).slice(1, -1));
  }

  #utf8(text: string): void {
    const bytes = encoder.encode(text);
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /**
   * Writes well-formed UTF-8 as a JSON string (RFC 8259 §7), giving out full chunks on the way.
   * @param utf8 see `isUtf8`
   */
  *text(utf8: Uint8Array): Generator<Uint8Array, void> {
    this.ascii('"');
    for (let from = 0; from < utf8.length; from += SLICE) {
      this.#escape(utf8, from, Math.min(from + SLICE, utf8.length));
      if (this.full) yield this.take();
    }
    this.ascii('"');
  }

  /** Writes bytes as a JSON string of base64 (RFC 4648 §4), giving out full chunks on the way. */
  *base64(bytes: Uint8Array): Generator<Uint8Array, void> {
    this.ascii('"');
    for (let from = 0; from < bytes.length; from += SLICE) {
      const to = Math.min(from + SLICE, bytes.length);
      this.#reserve(base64Length(to - from));
      this.#length = encodeBase64(bytes, from, to, this.#buffer, this.#length);
      if (this.full) yield this.take();
    }
    this.ascii('"');
  }

  #escape(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve((to - from) * ESCAPE_BYTES);
    const buffer = this.#buffer;
    let at = this.#length;
    for (let i = from; i < to; i++) {
      const byte = bytes[i];
      if (byte > BACKSLASH || (byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH)) {
        buffer[at++] = byte;
        continue;
      }
      buffer[at++] = BACKSLASH;
      const short = byte === QUOTE || byte === BACKSLASH ? byte : SHORT_ESCAPES[byte];
      if (short !== undefined) {
        buffer[at++] = short;
        continue;
      }
      buffer[at++] = 0x75; // u
      buffer[at++] = 0x30;
      buffer[at++] = 0x30;
      buffer[at++] = HEX.charCodeAt(byte >> 4);
      buffer[at++] = HEX.charCodeAt(byte & 15);
    }
    this.#length = at;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
