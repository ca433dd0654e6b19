import { Broken, ByteReader, utf8 } from '../reader';
import type { DecodedNode, NodeType } from '../types';
import { decimal128 } from './decimal128';

/** An element of a document: its name, the offsets it spans and what its value is. BSON specification 1.1, `element`. */
export interface Element {
  index: number;
  name: string;
  /** Offset of the type byte. */
  start: number;
  /** Offset of the value, after type and name. */
  valueStart: number;
  end: number;
  code: number;
  /** The value of all but documents and arrays. */
  value: unknown;
  /** Set where reading stopped; the element is the last one then. */
  broken?: Broken;
}

const DOCUMENT = 0x03;
const ARRAY = 0x04;

/** Words beside values whose type their value does not show. */
const NOTES: Record<number, string> = {
  5: 'binary',
  7: 'ObjectId',
  11: 'regular expression',
  12: 'DBPointer',
  13: 'JavaScript',
  14: 'symbol',
  15: 'JavaScript with scope',
  16: 'int32',
  17: 'timestamp',
  18: 'int64',
  19: 'decimal128',
  127: 'MaxKey',
  255: 'MinKey',
};

/** What a type is called where its value alone does not tell, or `undefined`. */
export function noteOf(code: number): string | undefined {
  return NOTES[code];
}

/** `object` or `array` for what has elements of its own, `undefined` for leaves. */
export function containerType(code: number): Extract<NodeType, 'object' | 'array'> | undefined {
  return code === DOCUMENT ? 'object' : code === ARRAY ? 'array' : undefined;
}

/** The end of a document that begins at `at` with its length of four bytes. Throws {@link Broken}. */
export function documentEnd(bytes: Uint8Array, at: number): number {
  const length = new ByteReader(bytes, at).i32LE();
  if (length < 5) throw new Broken(`a document of ${length} bytes`, at);
  if (at + length > bytes.length) throw new Broken(`${at + length - bytes.length} bytes missing`, bytes.length);
  if (bytes[at + length - 1] !== 0) throw new Broken('a document without its end', at + length - 1);
  return at + length;
}

/**
 * The elements of the document at `at`, one after the other, from `mark` on if given. Values of documents and arrays are
 * passed over. Where the input is broken the last element is `broken`.
 */
export function* elementsOf(bytes: Uint8Array, at: number, mark?: Element): Generator<Element, void> {
  const declared = at + new ByteReader(bytes, at).i32LE() - 1;
  const reader = new ByteReader(bytes, mark ? mark.start : at + 4, Math.min(Math.max(declared, at + 4), bytes.length));
  for (let index = mark ? mark.index : 0; reader.left > 0; index++) {
    const start = reader.at;
    const element: Element = {
      index,
      name: String(index),
      start,
      valueStart: start,
      end: start,
      code: 0,
      value: undefined,
    };
    try {
      element.code = reader.u8();
      element.name = cstring(reader);
      element.valueStart = reader.at;
      element.value = readValue(reader, element.code);
      element.end = reader.at;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      yield { ...element, end: reader.end, broken: error };
      return;
    }
    yield element;
  }
}

/** Whether the bytes may begin an element: a known type, then a printable name. For sniffing. */
export function looksLikeElement(bytes: Uint8Array, at: number): boolean {
  const code = bytes[at];
  if (!((code >= 0x01 && code <= 0x13) || code === 0x7f || code === 0xff)) return false;
  const end = bytes.indexOf(0, at + 1);
  return end >= 0 && end - at <= 256 && /^[\x20-\x7e\u0080-\uffff]*$/.test(utf8(bytes.subarray(at + 1, end)));
}

function cstring(reader: ByteReader): string {
  const end = reader.bytes.indexOf(0, reader.at);
  if (end < 0 || end >= reader.end) throw new Broken('a name without its end', reader.at);
  const text = reader.text(end - reader.at);
  reader.skip(1);
  return text;
}

function string(reader: ByteReader): string {
  const at = reader.at;
  const length = reader.i32LE();
  if (length < 1) throw new Broken(`a string of ${length} bytes`, at);
  const text = reader.text(length - 1);
  reader.skip(1);
  return text;
}

function readValue(reader: ByteReader, code: number): unknown {
  switch (code) {
    case 0x01:
      return reader.f64LE();
    case 0x02:
    case 0x0d:
    case 0x0e:
      return string(reader);
    case DOCUMENT:
    case ARRAY:
      return skipSized(reader, 5);
    case 0x05:
      return binary(reader);
    case 0x07:
      return hexText(reader.take(12));
    case 0x08:
      return reader.u8() !== 0;
    case 0x09:
      return dateOf(reader.i64LE());
    case 0x06:
      return undefined;
    case 0x0a:
      return null;
    case 0x0b:
      return `/${cstring(reader)}/${cstring(reader)}`;
    case 0x0c:
      return `${string(reader)} ${hexText(reader.take(12))}`;
    case 0x0f:
      return codeWithScope(reader);
    case 0x10:
      return reader.i32LE();
    case 0x11:
      return integer(BigInt.asUintN(64, reader.i64LE()));
    case 0x12:
      return integer(reader.i64LE());
    case 0x13:
      return decimal128(reader.take(16));
    case 0x7f:
      return 'MaxKey';
    case 0xff:
      return 'MinKey';
    default:
      throw new Broken(`type 0x${code.toString(16).padStart(2, '0')} is not known`, reader.at);
  }
}

/** Moves past what begins with its own length, without looking inside. */
function skipSized(reader: ByteReader, least: number): undefined {
  const at = reader.at;
  const length = reader.i32LE();
  if (length < least) throw new Broken(`a length of ${length} bytes`, at);
  reader.skip(length - 4);
  return undefined;
}

function binary(reader: ByteReader): Uint8Array {
  const length = reader.i32LE();
  reader.skip(1);
  return reader.take(length);
}

function codeWithScope(reader: ByteReader): string {
  const end = reader.at;
  const length = reader.i32LE();
  const code = string(reader);
  reader.at = end;
  reader.skip(Math.max(length, 0));
  return code;
}

function integer(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function dateOf(ms: bigint): Date | number | bigint {
  const time = Number(ms);
  return Math.abs(time) <= 8.64e15 ? new Date(time) : integer(ms);
}

function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What an element's node says beside its name: the range and the note. */
export function rangeOf({ start, end, code }: Element): Pick<DecodedNode, 'start' | 'end' | 'note'> {
  const note = noteOf(code);
  return note === undefined ? { start, end } : { start, end, note };
}
