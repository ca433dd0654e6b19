import type { FieldReader } from '../field-reader';
import { Broken, utf8 } from '../reader';
import { LIMITS, nodeOfValue, previewValue } from '../tree';

/** Reads an argument or property of a named type (AMQP 0-9-1 §4.2) into a node and gives its value. */
export function readArgument(fields: FieldReader, name: string, type: string): unknown {
  const start = fields.at;
  switch (type) {
    case 'u8':
      return fields.u8(name);
    case 'u16':
      return fields.u16(name);
    case 'u32':
      return fields.u32(name);
    case 'u64':
      return fields.u64(name);
    case 'short':
      return fields.text8(name);
    case 'long':
      return fields.text(name, fields.source.u32(), start);
    default: {
      const value = type === 'time' ? readTime(fields) : readTable(fields, 0);
      fields.push(nodeOfValue(name, value), start, type);
      return value;
    }
  }
}

/** Reads neighbouring bits of one octet, the first in the lowest place (§4.2.2). */
export function readBits(fields: FieldReader, names: string[]): Record<string, boolean> {
  const start = fields.at;
  const octet = fields.source.u8();
  const bits: Record<string, boolean> = {};
  names.forEach((name, i) => {
    const value = (octet & (1 << i)) !== 0;
    bits[name] = value;
    fields.add(name, 'boolean', String(value), start);
  });
  return bits;
}

function readTime({ source }: FieldReader): Date {
  return new Date(Number(source.u64()) * 1000);
}

/** A field table: its length in bytes, then names and values (§4.2.5.5). */
function readTable(fields: FieldReader, depth: number): Record<string, unknown> {
  const { source } = fields;
  const end = sizedEnd(fields, depth);
  const members: [string, unknown][] = [];
  while (source.at < end) members.push([source.text(source.u8()), readValue(fields, depth + 1)]);
  return Object.fromEntries(members);
}

function readArray(fields: FieldReader, depth: number): unknown[] {
  const end = sizedEnd(fields, depth);
  const items: unknown[] = [];
  while (fields.at < end) items.push(readValue(fields, depth + 1));
  return items;
}

function sizedEnd({ source }: FieldReader, depth: number): number {
  if (depth > LIMITS.depth) throw new Broken('nested too deeply', source.at);
  const length = source.u32();
  if (length > source.left) throw new Broken(`${length} bytes expected, ${source.left} left`, source.at);
  return source.at + length;
}

/** A value with its type before it, as RabbitMQ writes them (rabbitmq.com, "AMQP 0-9-1 errata", table of field types). */
function readValue(fields: FieldReader, depth: number): unknown {
  const { source } = fields;
  const start = source.at;
  const type = String.fromCharCode(source.u8());
  switch (type) {
    case 't':
      return source.u8() !== 0;
    case 'b':
      return source.i8();
    case 'B':
      return source.u8();
    case 's':
      return source.i16();
    case 'u':
      return source.u16();
    case 'I':
      return source.i32();
    case 'i':
      return source.u32();
    case 'l':
      return source.i64();
    case 'f':
      return source.f32();
    case 'd':
      return source.f64();
    case 'D': {
      const scale = source.u8();
      return `${source.i32()}e-${scale}`;
    }
    case 'S':
      return utf8(source.take(source.u32()));
    case 'x':
      return source.take(source.u32());
    case 'A':
      return readArray(fields, depth);
    case 'T':
      return readTime(fields);
    case 'F':
      return readTable(fields, depth);
    case 'V':
      return null;
    default:
      throw new Broken(`field type ${previewValue(type)} is unknown`, start);
  }
}
