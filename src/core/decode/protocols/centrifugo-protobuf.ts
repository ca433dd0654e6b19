import type { FieldReader } from '../field-reader';
import { Broken, utf8 } from '../reader';
import { LIMITS, leaf, previewValue } from '../tree';
import { type SchemaField, schemaOf } from './centrifugo-schema';

/** A message as a plain value: names to text, numbers, bigints, messages, lists of them; bytes as what they hold. */
export type ProtobufValue = Record<string, unknown>;

/**
 * Reads one message of Centrifugo's schema up to the reader's end (Protocol Buffers, Encoding), into nodes and
 * `value`. Fields that the schema does not have are kept by number. Throws Broken where it stops.
 */
export function readMessage(fields: FieldReader, type: string, value: ProtobufValue, depth = 0): void {
  if (depth > LIMITS.depth) throw new Broken('nested too deeply', fields.at);
  const schema = schemaOf(type);
  while (fields.left > 0) {
    const start = fields.at;
    const tag = fields.source.varuint(5);
    const number = Math.floor(tag / 8);
    const field = schema?.get(number) ?? { name: `field ${number}`, type: 'bytes' };
    put(value, field, readField(fields, field, tag % 8, start, depth));
  }
}

function readField(fields: FieldReader, field: SchemaField, wire: number, start: number, depth: number): unknown {
  const { source } = fields;
  switch (wire) {
    case 0:
      return addNumber(fields, field, readVarint(fields), start);
    case 1:
      return addNumber(fields, field, source.i64LE(), start);
    case 5:
      return addNumber(fields, field, BigInt(source.i32LE()), start);
    case 2:
      return readDelimited(fields, field, source.varuint(5), start, depth);
    default:
      throw new Broken(`wire type ${wire} is not used`, start);
  }
}

/** A varint of 64 bits; negative int32 and int64 take ten bytes. */
function readVarint({ source }: FieldReader): bigint {
  const start = source.at;
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = source.u8();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new Broken('number longer than ten bytes', start);
}

function addNumber(fields: FieldReader, { name, type }: SchemaField, raw: bigint, start: number): unknown {
  const value = type === 'bool' ? raw !== 0n : numberOf(raw, type);
  const shown = typeof value === 'boolean' ? 'boolean' : typeof value === 'bigint' ? 'bigint' : 'number';
  fields.add(name, shown, String(value), start);
  return value;
}

function numberOf(raw: bigint, type: string): number | bigint {
  let value = raw;
  if (type === 'sint64') value = (raw >> 1n) ^ -(raw & 1n);
  if (type === 'int32' || type === 'int64') value = BigInt.asIntN(64, raw);
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function readDelimited(fields: FieldReader, field: SchemaField, length: number, start: number, depth: number): unknown {
  const { source } = fields;
  if (field.type === 'string') {
    const value = utf8(source.take(length));
    fields.push(leaf(field.name, 'string', value), start);
    return value;
  }
  if (schemaOf(field.type) === undefined) return fields.payload(field.name, length, start).value();
  const value: ProtobufValue = {};
  fields.group(field.name, length, (inner) => {
    readMessage(inner, field.type, value, depth + 1);
    return previewValue(value);
  });
  return field.type.startsWith('map<') ? { [String(value.key ?? '')]: value.value } : value;
}

/** Fields that come again are lists; entries of maps are joined. */
function put(value: ProtobufValue, { name, type }: SchemaField, member: unknown): void {
  const present = Object.hasOwn(value, name) ? value[name] : undefined;
  let next = member;
  if (present !== undefined && type.startsWith('map<')) next = { ...(present as object), ...(member as object) };
  else if (Array.isArray(present)) {
    present.push(member);
    return;
  } else if (present !== undefined) next = [present, member];
  Object.defineProperty(value, name, { value: next, enumerable: true, writable: true, configurable: true });
}
