import { walkedNodes } from '../groups';
import { ByteReader, utf8Strict } from '../reader';
import { bytesNode, cut, LIMITS, leaf, oneLine, previewBytes } from '../tree';
import type { DecodedNode } from '../types';
import { fieldsOf, isMessage, readVarint, type WireField } from './protobuf-wire';

/** Bytes of a value above which it is judged by its beginning only. */
const WHOLE = 65_536;

export type Guess = 'text' | 'message' | 'packed' | 'bytes';

/** What the bytes of a length-delimited field most likely are. */
export function guess(bytes: Uint8Array, { valueStart, valueEnd }: WireField): Guess {
  const value = bytes.subarray(valueStart, valueEnd);
  if (value.length === 0) return 'text';
  const text = value.length <= WHOLE || !isMessage(bytes, valueStart, valueEnd) ? utf8Strict(value) : undefined;
  if (text !== undefined && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) return 'text';
  if (isMessage(bytes, valueStart, valueEnd)) return 'message';
  return value.length <= 4096 && isPacked(value) ? 'packed' : 'bytes';
}

/** Whether the bytes are small varints: the last byte ends one, and no number is longer than five bytes. */
function isPacked(value: Uint8Array): boolean {
  let length = 0;
  for (const byte of value) {
    length = byte < 0x80 ? 0 : length + 1;
    if (length > 4) return false;
  }
  return length === 0;
}

type Extra = Pick<DecodedNode, 'start' | 'end' | 'note'>;

/** A message of fields by number. */
export function guessedMessage(name: string, bytes: Uint8Array, from: number, to: number, extra: Extra): DecodedNode {
  return {
    name,
    type: 'object',
    get value() {
      return guessedPreview(bytes, from, to, LIMITS.preview, 3);
    },
    ...extra,
    children: () =>
      walkedNodes<WireField>({
        from: (mark) => fieldsOf(bytes, from, to, mark),
        node: (field) => guessedField(bytes, field),
        range: (first, next) => (next ? { start: first.start, end: next.start } : {}),
      }),
  };
}

/** A field by its number, with notes that tell what it may be. */
export function guessedField(bytes: Uint8Array, field: WireField): DecodedNode {
  const { number, wire, start, end, valueStart, valueEnd, broken } = field;
  const name = number === 0 ? '?' : String(number);
  const range = { start, end };
  if (broken) return leaf(name, 'error', broken.message, range);
  if (wire === 3) return guessedMessage(name, bytes, valueStart, valueEnd, { ...range, note: 'group' });
  if (wire !== 2) {
    const value = numberOf(field.value);
    return leaf(name, typeof value === 'bigint' ? 'bigint' : 'number', String(value), {
      ...range,
      note: numberNote(bytes, field),
    });
  }
  const value = bytes.subarray(valueStart, valueEnd);
  switch (guess(bytes, field)) {
    case 'text':
      return leaf(name, 'string', utf8Strict(value) ?? '', { ...range, bytes: value });
    case 'message':
      return guessedMessage(name, bytes, valueStart, valueEnd, { ...range, note: 'message' });
    case 'packed':
      return bytesNode(name, value, { ...range, note: `packed ${oneLine(packed(value).join(', '), 100)}` });
    default:
      return bytesNode(name, value, range);
  }
}

/** What else a number may be: a signed one, a float. */
function numberNote(bytes: Uint8Array, { wire, value, valueStart }: WireField): string {
  const reader = new ByteReader(bytes, valueStart);
  if (wire === 1) return `fixed64, double ${reader.f64LE()}, signed ${BigInt.asIntN(64, value)}`;
  if (wire === 5) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + valueStart, 4);
    return `fixed32, float ${Number(view.getFloat32(0, true).toPrecision(7))}, signed ${BigInt.asIntN(32, value)}`;
  }
  const zigzag = value & 1n ? -(value >> 1n) - 1n : value >> 1n;
  const signed = BigInt.asIntN(64, value);
  return signed < 0n ? `varint, signed ${signed}, zigzag ${zigzag}` : `varint, zigzag ${zigzag}`;
}

function packed(value: Uint8Array): (number | bigint)[] {
  const reader = new ByteReader(value);
  const numbers: (number | bigint)[] = [];
  while (reader.left > 0) numbers.push(numberOf(readVarint(reader)));
  return numbers;
}

function numberOf(value: bigint): number | bigint {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** One line such as `{1: 42, 2: "text"}`, at most `max` UTF-16 units. */
export function guessedPreview(bytes: Uint8Array, from: number, to: number, max: number, depth: number): string {
  let text = '';
  for (const field of fieldsOf(bytes, from, to)) {
    if (field.index > 0) text += ', ';
    if (field.broken || depth === 0 || text.length >= max) {
      text += '…';
      break;
    }
    text += `${field.number}: ${previewGuess(bytes, field, Math.max(1, max - text.length), depth)}`;
  }
  return cut(`{${text}}`, max);
}

/** A field's value in a few words. */
export function previewGuess(bytes: Uint8Array, field: WireField, max: number, depth: number): string {
  const { wire, valueStart, valueEnd } = field;
  if (wire === 3) return guessedPreview(bytes, valueStart, valueEnd, max, depth - 1);
  if (wire !== 2) return String(numberOf(field.value));
  const value = bytes.subarray(valueStart, valueEnd);
  const told = guess(bytes, field);
  if (told === 'text') return JSON.stringify(cut(utf8Strict(value) ?? '', max));
  if (told === 'message') return guessedPreview(bytes, valueStart, valueEnd, max, depth - 1);
  return told === 'packed' ? `[${packed(value).slice(0, 32).join(', ')}]` : previewBytes(value);
}

/** The plain value by field numbers; a field that comes again becomes a list. What is nested too deeply stays bytes. */
export function guessedValue(bytes: Uint8Array, from: number, to: number, depth: number): Record<string, unknown> {
  const members = new Map<string, unknown[]>();
  for (const field of fieldsOf(bytes, from, to)) {
    if (field.broken) break;
    const name = String(field.number);
    const value = guessedFieldValue(bytes, field, depth);
    const before = members.get(name);
    if (before) before.push(value);
    else members.set(name, [value]);
  }
  return Object.fromEntries([...members].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/** The plain value of a field; what is nested too deeply stays bytes. */
export function guessedFieldValue(bytes: Uint8Array, field: WireField, depth: number): unknown {
  const { wire, valueStart, valueEnd } = field;
  if (wire === 0 || wire === 1 || wire === 5) return numberOf(field.value);
  const value = bytes.subarray(valueStart, valueEnd);
  if (depth === 0) return value;
  if (wire === 3) return guessedValue(bytes, valueStart, valueEnd, depth - 1);
  const told = guess(bytes, field);
  if (told === 'text') return utf8Strict(value);
  if (told === 'message') return guessedValue(bytes, valueStart, valueEnd, depth - 1);
  return told === 'packed' ? packed(value) : value;
}
