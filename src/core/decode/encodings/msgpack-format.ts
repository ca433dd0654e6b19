import { Broken, ByteReader, utf8 } from '../reader';
import type { Format, Item, Measure } from '../structure/item';

/** The MessagePack format: https://github.com/msgpack/msgpack/blob/master/spec.md, "Formats". */
export const msgpackFormat: Format = {
  item(bytes, at) {
    const reader = new ByteReader(bytes, at);
    const head = reader.u8();
    if (head < 0x80) return leaf('number', reader, head);
    if (head < 0x90) return container('map', reader, head & 0x0f);
    if (head < 0xa0) return container('array', reader, head & 0x0f);
    if (head < 0xc0) return text(reader, head & 0x1f);
    if (head >= 0xe0) return leaf('number', reader, head - 0x100);
    return coded(head, reader);
  },
  measure(bytes, at, into) {
    const head = bytes[at] as number;
    // Throws: no item begins so.
    if (head === 0xc1) this.item(bytes, at);
    into.container = false;
    into.items = 0;
    if (head < 0x80 || head >= 0xe0 || head === 0xc0 || head === 0xc2 || head === 0xc3) into.end = at + 1;
    else if (head >= 0xa0 && head < 0xc0) into.end = at + 1 + (head & 0x1f);
    else if (head < 0xa0) {
      into.end = at + 1;
      into.container = true;
      into.items = head < 0x90 ? 2 * (head & 0x0f) : head & 0x0f;
    } else if (head >= 0xca && head <= 0xd3) into.end = at + 1 + (WIDTHS[head - 0xca] as number);
    else if (head >= 0xd4 && head <= 0xd8) into.end = at + 2 + 2 ** (head - 0xd4);
    else measureLong(bytes, at, into);
    // Throws, and says what is missing.
    if (!(into.end <= bytes.length)) this.item(bytes, at);
  },
  isBreak: () => false,
  tagged: (_, value) => value,
};

/** The same of what has its length in 1, 2 or 4 bytes after the head: binaries, extensions, texts, arrays and maps. */
function measureLong(bytes: Uint8Array, at: number, into: Measure): void {
  const head = bytes[at] as number;
  const container = head >= 0xdc;
  const size = head >= 0xdc ? (head % 2) + 1 : head >= 0xd9 ? head - 0xd9 : (head - 0xc4) % 3;
  const start = at + 1 + 2 ** size;
  let length = 0;
  for (let i = at + 1; i < start; i++) length = length * 256 + (bytes[i] ?? 0);
  into.container = container;
  into.items = head >= 0xde ? 2 * length : container ? length : 0;
  // The type of an extension stands between its length and its bytes.
  into.end = container ? start : start + length + (head >= 0xc7 && head <= 0xc9 ? 1 : 0);
}

/** Bytes after the head of floats, unsigned and signed integers, 0xca to 0xd3. */
const WIDTHS = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8];

function coded(head: number, reader: ByteReader): Item {
  switch (head) {
    case 0xc0:
      return leaf('null', reader, null);
    case 0xc2:
    case 0xc3:
      return leaf('boolean', reader, head === 0xc3);
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return blob(reader, length(reader, head - 0xc4));
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return extension(reader, length(reader, head - 0xc7));
    case 0xca:
      return leaf('number', reader, reader.f32(), 'float 32');
    case 0xcb:
      return leaf('number', reader, reader.f64());
    case 0xcc:
      return leaf('number', reader, reader.u8());
    case 0xcd:
      return leaf('number', reader, reader.u16());
    case 0xce:
      return leaf('number', reader, reader.u32());
    case 0xcf:
      return integer(reader, reader.u64());
    case 0xd0:
      return leaf('number', reader, reader.i8());
    case 0xd1:
      return leaf('number', reader, reader.i16());
    case 0xd2:
      return leaf('number', reader, reader.i32());
    case 0xd3:
      return integer(reader, reader.i64());
    case 0xd9:
    case 0xda:
    case 0xdb:
      return text(reader, length(reader, head - 0xd9));
    case 0xdc:
    case 0xdd:
      return container('array', reader, length(reader, head - 0xdc + 1));
    case 0xde:
    case 0xdf:
      return container('map', reader, length(reader, head - 0xde + 1));
    case 0xc1:
      throw new Broken('0xc1 is never used in MessagePack', reader.at - 1);
    default:
      return extension(reader, 2 ** (head - 0xd4));
  }
}

/** A length of 1, 2 or 4 bytes. */
function length(reader: ByteReader, size: number): number {
  return size === 0 ? reader.u8() : size === 1 ? reader.u16() : reader.u32();
}

function leaf(type: Item['type'], reader: ByteReader, value: unknown, note?: string): Item {
  return { type, end: reader.at, items: 0, value: () => value, ...(note ? { note } : {}) };
}

function integer(reader: ByteReader, value: bigint): Item {
  const safe = Number(value);
  return Number.isSafeInteger(safe) ? leaf('number', reader, safe) : leaf('bigint', reader, value);
}

function text(reader: ByteReader, count: number): Item {
  const bytes = reader.take(count);
  return { type: 'string', end: reader.at, items: 0, value: () => utf8(bytes) };
}

function blob(reader: ByteReader, count: number): Item {
  return leaf('bytes', reader, reader.take(count));
}

/** An item takes a byte at least, so more items than bytes cannot be whole: fewer are then read, and the end tells. */
function container(type: 'map' | 'array', reader: ByteReader, members: number): Item {
  return { type, end: reader.at, items: type === 'map' ? members * 2 : members, value: () => undefined };
}

function extension(reader: ByteReader, count: number): Item {
  const type = reader.i8();
  const bytes = reader.take(count);
  // Not in the specification: how notepack (Socket.IO) and msgpackr write it.
  if (type === 0 && count === 1 && bytes[0] === 0) return leaf('undefined', reader, undefined, 'extension 0');
  const date = type === -1 ? timestamp(bytes) : undefined;
  return date ? leaf('date', reader, date, 'timestamp') : leaf('bytes', reader, bytes, `extension ${type}`);
}

/** Timestamp extension type -1: 32, 64 or 96 bits. Nanoseconds are cut to milliseconds. */
function timestamp(bytes: Uint8Array): Date | undefined {
  const reader = new ByteReader(bytes);
  if (bytes.length === 4) return new Date(reader.u32() * 1000);
  if (bytes.length === 8) {
    const packed = reader.u64();
    return new Date(Number(packed & 0x3ffffffffn) * 1000 + Math.floor(Number(packed >> 34n) / 1e6));
  }
  if (bytes.length !== 12) return undefined;
  const nanoseconds = reader.u32();
  return new Date(Number(reader.i64()) * 1000 + Math.floor(nanoseconds / 1e6));
}
