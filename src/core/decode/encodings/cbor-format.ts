import { Broken, ByteReader, utf8 } from '../reader';
import { type Format, type Item, measureItem } from '../structure/item';

const BREAK = 0xff;

/** CBOR, RFC 8949. */
export const cborFormat: Format = {
  item(bytes, at) {
    const reader = new ByteReader(bytes, at);
    const head = reader.u8();
    const major = head >> 5;
    const info = head & 0x1f;
    if (major === 7) return simple(reader, info);
    if (info === 31 && major >= 2 && major <= 5) return indefinite(reader, major);
    const argument = argumentOf(reader, info);
    switch (major) {
      case 0:
        return integer(reader, argument);
      case 1:
        return integer(reader, typeof argument === 'bigint' ? -1n - argument : -1 - argument);
      case 2:
        return leaf('bytes', reader, reader.take(Number(argument)));
      case 3:
        return text(reader, reader.take(Number(argument)));
      case 4:
        return container('array', reader, Number(argument));
      case 5:
        return container('map', reader, Number(argument) * 2);
      default:
        return { type: 'tag', end: reader.at, items: 1, tag: argument, value: () => tagName(argument) };
    }
  },
  measure(bytes, at, into) {
    const head = bytes[at] as number;
    const info = head & 0x1f;
    const major = head >> 5;
    const unending = info === 31 && (major === 4 || major === 5);
    if (info > 26 && !unending) {
      measureItem(this.item(bytes, at), into);
      return;
    }
    const start = unending ? at + 1 : at + 1 + (WIDTHS[info] ?? 0);
    const argument = unending ? Number.POSITIVE_INFINITY : shortArgument(bytes, at, info);
    into.container = major >= 4 && major <= 6;
    into.items = major === 4 ? argument : major === 5 ? 2 * argument : major === 6 ? 1 : 0;
    into.end = start + (major === 2 || major === 3 ? argument : 0);
    // Throws, and says what is missing.
    if (!(into.end <= bytes.length)) this.item(bytes, at);
  },
  isBreak: (bytes, at) => bytes[at] === BREAK,
  tagged,
};

/** Bytes of an argument, by the head's low bits. */
const WIDTHS: Record<number, number> = { 24: 1, 25: 2, 26: 4 };

/** The argument of at most 4 bytes; anything where the bytes end before. */
function shortArgument(bytes: Uint8Array, at: number, info: number): number {
  let argument = info < 24 ? info : 0;
  for (let i = at + 1; i <= at + (WIDTHS[info] ?? 0); i++) argument = argument * 256 + (bytes[i] ?? 0);
  return argument;
}

/** §3: the argument of 0 to 8 bytes; `bigint` beyond 2^53. */
function argumentOf(reader: ByteReader, info: number): number | bigint {
  if (info < 24) return info;
  if (info === 24) return reader.u8();
  if (info === 25) return reader.u16();
  if (info === 26) return reader.u32();
  if (info !== 27) throw new Broken(`reserved length ${info}`, reader.at - 1);
  const long = reader.u64();
  return long <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(long) : long;
}

function leaf(type: Item['type'], reader: ByteReader, value: unknown, note?: string): Item {
  return { type, end: reader.at, items: 0, value: () => value, ...(note ? { note } : {}) };
}

function integer(reader: ByteReader, value: number | bigint): Item {
  return leaf(typeof value === 'bigint' ? 'bigint' : 'number', reader, value);
}

function text(reader: ByteReader, bytes: Uint8Array): Item {
  return { type: 'string', end: reader.at, items: 0, value: () => utf8(bytes) };
}

function container(type: 'map' | 'array', reader: ByteReader, items: number): Item {
  return { type, end: reader.at, items, value: () => undefined };
}

/** §3.2: containers that a break ends; strings of chunks. */
function indefinite(reader: ByteReader, major: number): Item {
  if (major === 4) return container('array', reader, Number.POSITIVE_INFINITY);
  if (major === 5) return container('map', reader, Number.POSITIVE_INFINITY);
  const start = reader.at;
  const length = passChunks(reader, major);
  const joined = (): Uint8Array => {
    const whole = new Uint8Array(length);
    passChunks(new ByteReader(reader.bytes, start), major, whole);
    return whole;
  };
  const value = major === 3 ? () => utf8(joined()) : joined;
  return { type: major === 3 ? 'string' : 'bytes', end: reader.at, items: 0, value, note: 'chunks' };
}

/** Moves past the chunks of a string and their break; gives how many bytes they hold, and puts these into `whole`. */
function passChunks(reader: ByteReader, major: number, whole?: Uint8Array): number {
  let length = 0;
  for (let head = reader.u8(); head !== BREAK; head = reader.u8()) {
    if (head >> 5 !== major || (head & 0x1f) === 31) throw new Broken('not a chunk of its string', reader.at - 1);
    const start = reader.skip(Number(argumentOf(reader, head & 0x1f)));
    whole?.set(reader.bytes.subarray(start, reader.at), length);
    length += reader.at - start;
  }
  return length;
}

/** §3.3: floating-point numbers and simple values. */
function simple(reader: ByteReader, info: number): Item {
  switch (info) {
    case 20:
    case 21:
      return leaf('boolean', reader, info === 21);
    case 22:
      return leaf('null', reader, null);
    case 23:
      return leaf('undefined', reader, undefined);
    case 24:
      return leaf('number', reader, reader.u8(), 'simple value');
    case 25:
      return leaf('number', reader, half(reader.u16()), 'float 16');
    case 26:
      return leaf('number', reader, reader.f32(), 'float 32');
    case 27:
      return leaf('number', reader, reader.f64());
    case 31:
      throw new Broken('a break where an item is expected', reader.at - 1);
    default:
      if (info >= 28) throw new Broken(`reserved simple value ${info}`, reader.at - 1);
      return leaf('number', reader, info, 'simple value');
  }
}

/** Appendix D: a number of 16 bits. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** §3.4 and the IANA registry of tags: those that are met most. */
const TAGS: Record<string, string> = {
  0: 'date and time',
  1: 'epoch time',
  2: 'bignum',
  3: 'negative bignum',
  4: 'decimal fraction',
  5: 'bigfloat',
  21: 'for base64url',
  22: 'for base64',
  23: 'for base16',
  24: 'encoded CBOR',
  32: 'URI',
  33: 'base64url',
  34: 'base64',
  35: 'regular expression',
  36: 'MIME message',
  37: 'UUID',
  258: 'set',
  55799: 'self-described CBOR',
};

function tagName(tag: number | bigint): string {
  const name = TAGS[String(tag)];
  return name === undefined ? `tag ${tag}` : `tag ${tag} ${name}`;
}

/** The values of tags 0 to 3; others leave their item as it is. */
function tagged(tag: number | bigint, value: unknown): unknown {
  if (tag === 0 && typeof value === 'string') return dateOr(Date.parse(value), value);
  if (tag === 1 && typeof value === 'number') return dateOr(value * 1000, value);
  if ((tag === 2 || tag === 3) && value instanceof Uint8Array && value.length <= 1000) {
    const number = value.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    return tag === 2 ? number : -1n - number;
  }
  return value;
}

function dateOr(time: number, value: unknown): unknown {
  return Math.abs(time) <= 8.64e15 ? new Date(time) : value;
}
