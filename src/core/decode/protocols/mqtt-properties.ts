import type { FieldReader } from '../field-reader';
import { Broken, ByteReader, utf8, utf8Strict } from '../reader';
import { leaf } from '../tree';
import type { DecodedNode } from '../types';
import { PROPERTIES } from './mqtt-names';

/** Reads a block of properties (MQTT 5 §2.2.2); gives the last value of each identifier. */
export function readProperties(fields: FieldReader, name: string, note?: string): Map<number, unknown> {
  const values = new Map<number, unknown>();
  const length = fields.source.varuint(4);
  const node = fields.group(name, length, (inner) => {
    while (inner.left > 0) readProperty(inner, values);
    return values.size === 1 ? '1 property' : `${values.size} properties`;
  });
  if (note) node.note = note;
  return values;
}

function readProperty(fields: FieldReader, values: Map<number, unknown>): void {
  const start = fields.at;
  const id = fields.source.varuint(4);
  const known = PROPERTIES.get(id);
  if (known === undefined) throw new Broken(`property ${id} is unknown`, start);
  const [name, type] = known;
  const value = readPropertyValue(fields.source, type);
  values.set(id, value);
  const shown: DecodedNode =
    value instanceof Uint8Array
      ? { ...leaf(name, 'bytes', `${value.length} B`), bytes: value }
      : leaf(name, typeof value === 'number' ? 'number' : 'string', String(value));
  fields.push(shown, start);
}

function readPropertyValue(source: ByteReader, type: string): number | string | Uint8Array {
  switch (type) {
    case 'byte':
      return source.u8();
    case 'u16':
      return source.u16();
    case 'u32':
      return source.u32();
    case 'varuint':
      return source.varuint(4);
    case 'bytes':
      return source.take(source.u16());
    case 'pair':
      return `${utf8(source.take(source.u16()))} = ${utf8(source.take(source.u16()))}`;
    default:
      return utf8(source.take(source.u16()));
  }
}

/** Properties that a packet may have: MQTT 5 §3.3.2.3, §3.8.2.1, §3.10.2.1. */
const ALLOWED: Record<string, ReadonlySet<number>> = {
  PUBLISH: new Set([1, 2, 3, 8, 9, 11, 35, 38]),
  SUBSCRIBE: new Set([11, 38]),
  UNSUBSCRIBE: new Set([38]),
};
/** Those that may be there more than once: Subscription Identifier and User Property. */
const REPEATED = new Set([11, 38]);

/** Text of at least this many bytes after a zero: that is what MQTT 5 without properties looks like, numbers do not. */
const TEXT = 4;

/**
 * Whether what follows reads as the properties of such a packet, for a connection whose version is not known: all of
 * the block is properties that this packet may have. Before MQTT 5 the same bytes would be what was published, so an
 * empty block is one only where text follows it. Moves nothing.
 */
export function canBeProperties({ source }: FieldReader, type: string): boolean {
  const reader = new ByteReader(source.bytes, source.at, source.end);
  try {
    const length = reader.varuint(4);
    if (length === 0) return type !== 'PUBLISH' || isText(reader.take(reader.left));
    const start = reader.skip(length);
    return isBlock(new ByteReader(source.bytes, start, start + length), ALLOWED[type]);
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  }
}

function isBlock(block: ByteReader, allowed: ReadonlySet<number> | undefined): boolean {
  const seen = new Set<number>();
  while (block.left > 0) {
    const id = block.varuint(4);
    if (!allowed?.has(id) || (seen.has(id) && !REPEATED.has(id))) return false;
    seen.add(id);
    readPropertyValue(block, PROPERTIES.get(id)?.[1] ?? '');
  }
  return true;
}

function isText(bytes: Uint8Array): boolean {
  const text = bytes.length < TEXT ? undefined : utf8Strict(bytes);
  return text !== undefined && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text);
}
