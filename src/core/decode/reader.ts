/** Thrown by {@link ByteReader} and by parsers for input that stops or is wrong at byte offset `at`. */
export class Broken extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = 'Broken';
    this.at = at;
  }
}

/** What could not be read and where: the shape of `Decoded.problem`. */
export interface Problem {
  message: string;
  at: number;
}

/**
 * Runs a parser; gives the problem it stopped at, `undefined` if it came to its end. What it read so far it has kept
 * itself, so a broken input still shows what could be read. Errors other than {@link Broken} are bugs and pass through.
 */
export function attempt(parse: () => void): Problem | undefined {
  try {
    parse();
  } catch (error) {
    if (error instanceof Broken) return { message: error.message, at: error.at };
    throw error;
  }
  return undefined;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Text of UTF-8 bytes; broken sequences become U+FFFD (WHATWG Encoding, UTF-8 decode without BOM). */
export function utf8(bytes: Uint8Array): string {
  return (bytes.length <= SHORT ? shortAscii(bytes) : undefined) ?? decoder.decode(bytes);
}

/** Up to here a loop is several times faster than `TextDecoder`: names and words are mostly short. */
const SHORT = 24;

function shortAscii(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if (byte >= 0x80) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Whether the bytes are whole, valid UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  return utf8Strict(bytes) !== undefined;
}

/** Text of UTF-8 bytes, or `undefined` where they are not valid UTF-8. */
export function utf8Strict(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * Reads forward through bytes. Every method throws {@link Broken} at the place where the bytes end too early;
 * multi-byte numbers are big-endian unless the name ends in `LE`.
 */
export class ByteReader {
  at: number;
  readonly end: number;
  #view: DataView | undefined;

  /** Reads from `start` up to before `end` of `bytes`; offsets in `at` and in errors count from the start of `bytes`. */
  constructor(
    readonly bytes: Uint8Array,
    start = 0,
    end = bytes.length,
  ) {
    this.at = start;
    this.end = Math.min(end, bytes.length);
  }

  /** Made when first needed: most items of most formats are single bytes and text. */
  private get view(): DataView {
    this.#view ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    return this.#view;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Moves on by `count` bytes and gives the offset before. */
  skip(count: number): number {
    if (!(count >= 0) || count > this.left) {
      throw new Broken(`${count} bytes expected, ${this.left} left`, this.at);
    }
    const before = this.at;
    this.at += count;
    return before;
  }

  /** A view of the next `count` bytes, not a copy. */
  take(count: number): Uint8Array {
    const start = this.skip(count);
    return this.bytes.subarray(start, start + count);
  }

  /** The next `count` bytes as UTF-8 text. */
  text(count: number): string {
    return utf8(this.take(count));
  }

  u8(): number {
    return this.bytes[this.skip(1)] as number;
  }
  i8(): number {
    return this.view.getInt8(this.skip(1));
  }
  u16(): number {
    return this.view.getUint16(this.skip(2));
  }
  i16(): number {
    return this.view.getInt16(this.skip(2));
  }
  u32(): number {
    return this.view.getUint32(this.skip(4));
  }
  i32(): number {
    return this.view.getInt32(this.skip(4));
  }
  u64(): bigint {
    return this.view.getBigUint64(this.skip(8));
  }
  i64(): bigint {
    return this.view.getBigInt64(this.skip(8));
  }
  f32(): number {
    return this.view.getFloat32(this.skip(4));
  }
  f64(): number {
    return this.view.getFloat64(this.skip(8));
  }
  u16LE(): number {
    return this.view.getUint16(this.skip(2), true);
  }
  u32LE(): number {
    return this.view.getUint32(this.skip(4), true);
  }
  i32LE(): number {
    return this.view.getInt32(this.skip(4), true);
  }
  u64LE(): bigint {
    return this.view.getBigUint64(this.skip(8), true);
  }
  i64LE(): bigint {
    return this.view.getBigInt64(this.skip(8), true);
  }
  f64LE(): number {
    return this.view.getFloat64(this.skip(8), true);
  }

  /**
   * An unsigned LEB128 number, seven bits a byte, lowest first (MQTT 5 §1.5.5, lib0 `varUint`, protobuf varint).
   * Throws {@link Broken} beyond `maxBytes` bytes or 2^53.
   */
  varuint(maxBytes = 8): number {
    const start = this.at;
    let value = 0;
    for (let i = 0; i < maxBytes; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw new Broken('number too long', start);
  }
}
