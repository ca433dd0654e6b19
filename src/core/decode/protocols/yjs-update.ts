import type { FieldReader } from '../field-reader';
import { readJson } from '../json/read';
import { Broken } from '../reader';
import { cut, LIMITS, nodeOfValue, previewValue } from '../tree';

/** What an update changes, for the row. */
export interface UpdateTotals {
  structs: number;
  deletions: number;
  /** Text and values inserted, the first few. */
  inserted: string[];
}

const GC = 0;
const SKIP = 10;
const TYPES = ['YArray', 'YMap', 'YText', 'YXmlElement', 'YXmlFragment', 'YXmlHook', 'YXmlText'];
/** Values and texts named in a row. */
const MAX_INSERTED = 4;

/**
 * Reads a document update of version 1: structs by client, then the deletions (yjs `encodeStateAsUpdate`,
 * `UpdateEncoderV1`). `totals` counts what was read. Throws Broken where it stops.
 */
export function readUpdate(fields: FieldReader, totals: UpdateTotals): void {
  const clients = fields.source.varuint();
  for (let i = 0; i < clients; i++) {
    fields.group('structs of client', fields.left, (inner) => {
      const count = inner.varuint('structs');
      const client = inner.varuint('client');
      inner.varuint('clock');
      for (let struct = 0; struct < count; struct++) readStruct(inner, totals);
      inner.stopHere();
      return `${client}, ${count} structs`;
    });
  }
  const deleting = fields.source.varuint();
  for (let i = 0; i < deleting; i++) {
    const start = fields.at;
    const client = fields.source.varuint();
    const ranges = fields.source.varuint();
    const parts: string[] = [];
    for (let range = 0; range < ranges; range++) {
      const clock = fields.source.varuint();
      const length = fields.source.varuint();
      totals.deletions += length;
      if (parts.length < 20) parts.push(`${clock} to ${clock + length - 1}`);
    }
    fields.add('deletions of client', 'field', `${client}: ${parts.join(', ')}${ranges > 20 ? ', …' : ''}`, start);
  }
}

function readStruct(fields: FieldReader, totals: UpdateTotals): void {
  totals.structs++;
  const { source } = fields;
  const start = source.at;
  const info = source.u8();
  const kind = info & 0x1f;
  if (kind === GC || kind === SKIP) {
    const length = source.varuint();
    fields.add(kind === GC ? 'garbage collected' : 'skip', 'number', String(length), start);
    return;
  }
  fields.group('item', fields.left, (inner) => {
    inner.add('info', 'number', String(info), start);
    readPlace(inner, info);
    const shown = readContent(inner, kind);
    if (shown !== undefined && totals.inserted.length < MAX_INSERTED) totals.inserted.push(cut(shown, 80));
    inner.stopHere();
    return shown ?? '';
  });
}

/** Neighbours; or, without them, the parent. Bits 8, 7 and 6 of the info byte say which are there. */
function readPlace(fields: FieldReader, info: number): void {
  if (info & 0x80) readId(fields, 'left');
  if (info & 0x40) readId(fields, 'right');
  if (info & 0xc0) return;
  if (fields.varuint('parent is root', 8, (value) => (value === 1 ? 'named' : 'an item')) === 1) text(fields, 'parent');
  else readId(fields, 'parent');
  if (info & 0x20) text(fields, 'key');
}

function readId(fields: FieldReader, name: string): void {
  const start = fields.at;
  const client = fields.source.varuint();
  fields.add(name, 'field', `${client} ${fields.source.varuint()}`, start, 'client and clock');
}

function text(fields: FieldReader, name: string): string {
  const start = fields.at;
  return fields.text(name, fields.source.varuint(), start);
}

/** Content by its number (yjs `contentRefs`); gives the words for the row of what is inserted. */
function readContent(fields: FieldReader, kind: number): string | undefined {
  const { source } = fields;
  const start = source.at;
  switch (kind) {
    case 1:
      fields.varuint('deleted');
      return undefined;
    case 2:
      return list(fields, 'JSON', () => jsonText(fields));
    case 3: {
      const count = source.varuint();
      fields.blob('binary', count, start);
      return `${count} B`;
    }
    case 4:
      return `"${text(fields, 'string')}"`;
    case 5:
      return show(fields, 'embed', jsonText(fields), start);
    case 6: {
      const key = text(fields, 'format');
      return `${key}=${show(fields, 'value', jsonText(fields), source.at)}`;
    }
    case 7: {
      const type = fields.varuint('type', 8, (value) => TYPES[value]);
      // Elements and hooks have a name.
      const name = type === 3 || type === 5 ? ` ${text(fields, 'name')}` : '';
      return `${TYPES[type] ?? `type ${type}`}${name}`;
    }
    case 8:
      return list(fields, 'value', () => readAny(fields));
    case 9:
      return `document ${text(fields, 'guid')} ${show(fields, 'options', readAny(fields), source.at)}`;
    default:
      throw new Broken(`content ${kind} is unknown`, start);
  }
}

function list(fields: FieldReader, name: string, read: () => unknown): string {
  const count = fields.source.varuint();
  const shown: string[] = [];
  for (let i = 0; i < count; i++) {
    const start = fields.at;
    const words = show(fields, name, read(), start);
    if (shown.length < MAX_INSERTED) shown.push(words);
  }
  return shown.join(', ');
}

function show(fields: FieldReader, name: string, value: unknown, start: number): string {
  fields.push(nodeOfValue(name, value), start);
  return previewValue(value);
}

/** JSON in a text; `undefined` is written as such. */
function jsonText({ source }: FieldReader): unknown {
  const length = source.varuint();
  const start = source.skip(length);
  const reading = readJson(source.bytes, start, start + length);
  return reading.problem ? undefined : reading.value();
}

/** A value of any type (lib0 `readAny`). */
function readAny(fields: FieldReader, depth = 0): unknown {
  const { source } = fields;
  if (depth > LIMITS.depth) throw new Broken('nested too deeply', source.at);
  const start = source.at;
  const type = source.u8();
  switch (type) {
    case 127:
      return undefined;
    case 126:
      return null;
    case 125:
      return readVarInt(fields);
    case 124:
      return source.f32();
    case 123:
      return source.f64();
    case 122:
      return source.i64();
    case 121:
    case 120:
      return type === 120;
    case 119:
      return source.text(source.varuint());
    case 118: {
      const members: [string, unknown][] = [];
      for (let left = source.varuint(); left > 0; left--) {
        members.push([source.text(source.varuint()), readAny(fields, depth + 1)]);
      }
      return Object.fromEntries(members);
    }
    case 117: {
      const items: unknown[] = [];
      for (let left = source.varuint(); left > 0; left--) items.push(readAny(fields, depth + 1));
      return items;
    }
    case 116:
      return source.take(source.varuint());
    default:
      throw new Broken(`value type ${type} is unknown`, start);
  }
}

/** Six bits and a sign in the first byte, seven in each other (lib0 `readVarInt`). */
function readVarInt({ source }: FieldReader): number {
  const first = source.u8();
  let value = first & 0x3f;
  let scale = 64;
  for (let byte = first, count = 1; byte >= 0x80; count++) {
    if (count > 8) throw new Broken('number too long', source.at);
    byte = source.u8();
    value += (byte & 0x7f) * scale;
    scale *= 128;
  }
  return first & 0x40 ? -value : value;
}
