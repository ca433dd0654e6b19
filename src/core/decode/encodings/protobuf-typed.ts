import type { ProtoField } from '../../schema/proto-types';
import { walkedNodes } from '../groups';
import { utf8Strict } from '../reader';
import { bytesNode, cut, LIMITS, leaf, nodeOfValue, oneLine, previewBytes, previewValue } from '../tree';
import type { DecodedNode } from '../types';
import { guessedField, previewGuess } from './protobuf-guess';
import { type Element, elementsOf, type Member, membersOf, type Place, type TypedBytes } from './protobuf-members';
import { fits } from './protobuf-scalar';
import { entryDefault, leafValue, mismatch, placeOf, typedValue } from './protobuf-value';
import type { WireField } from './protobuf-wire';

type Extra = Pick<DecodedNode, 'start' | 'end' | 'note'>;

/** Words in a note. */
const words = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(', ');

/** A message by the names of its schema; children are made when asked for. Offsets count in `source.bytes`. */
export function typedNode(name: string, source: TypedBytes, place: Place, extra: Extra): DecodedNode {
  return {
    name,
    type: 'object',
    get value() {
      return typedPreview(source, place, LIMITS.preview, 3);
    },
    ...extra,
    children: () =>
      walkedNodes<Member>({
        from: (mark) => membersOf(source, place, mark),
        node: (member) => memberNode(source, member),
        range: (first, next) => (next ? { start: first.first.start, end: next.first.start } : {}),
      }),
  };
}

function memberNode(source: TypedBytes, member: Member): DecodedNode {
  const { field, first, broken, end } = member;
  if (broken) {
    const name = field?.name ?? (first.number === 0 ? '?' : String(first.number));
    return leaf(name, 'error', broken.message, { start: first.start, end: first.end });
  }
  if (field === undefined) {
    const node = guessedField(source.bytes, first);
    return { ...node, note: words('not in the schema', node.note) };
  }
  if (!field.repeated) return valueNode(source, field, field.name, first);
  return {
    name: field.name,
    type: field.map ? 'map' : 'array',
    get value() {
      return runPreview(source, member, LIMITS.preview, 2);
    },
    start: first.start,
    end,
    note: words(noteOf(field), member.base > 0 ? 'continued' : undefined),
    children: () =>
      walkedNodes<Element>({
        from: (mark) => elementsOf(source, member, mark),
        node: ({ index, wire }) =>
          field.map ? entryNode(source, field, wire) : valueNode(source, field, String(member.base + index), wire),
        range: (first, next) => (next ? { start: first.wire.start, end: next.wire.start } : {}),
      }),
  };
}

/** `#3 uint64`: number and type. */
function noteOf({ number, type, ref, oneof, map }: ProtoField): string {
  const word = map ? 'map' : type === 'message' || type === 'enum' ? (ref ?? type) : type;
  return words(`#${number} ${word}`, oneof && `oneof ${oneof}`);
}

function valueNode(source: TypedBytes, field: ProtoField, name: string, wire: WireField): DecodedNode {
  const { start, end, broken } = wire;
  if (broken) return leaf(name, 'error', broken.message, { start, end });
  if (!fits(field, wire)) {
    const node = guessedField(source.bytes, wire);
    return { ...node, name, note: words(mismatch(field, wire), node.note) };
  }
  const note = noteOf(field);
  if (field.type === 'message') {
    const place = placeOf(field, wire);
    return typedNode(name, source, place, { start, end, note: words(note, meaning(source, place)) });
  }
  const value = leafValue(source, field, wire);
  const bytes = source.bytes.subarray(wire.valueStart, wire.valueEnd);
  if (field.type === 'enum') {
    const told = typeof value === 'string';
    return leaf(name, told ? 'field' : 'number', String(value), {
      start,
      end,
      note: words(note, told ? enumNote(wire) : 'no name'),
    });
  }
  if (field.type === 'string' && typeof value === 'string')
    return leaf(name, 'string', value, { start, end, note, bytes });
  if (field.type === 'string') return bytesNode(name, bytes, { start, end, note: words(note, 'not UTF-8') });
  return nodeOfValue(name, value, { start, end, note });
}

function enumNote({ value }: WireField): string {
  return String(BigInt.asIntN(32, value));
}

/** An entry of a map under its key. */
function entryNode(source: TypedBytes, field: ProtoField, wire: WireField): DecodedNode {
  if (!fits(field, wire)) return valueNode(source, field, '?', wire);
  const range = { start: wire.start, end: wire.end };
  const entry = entryOf(source, field, wire);
  const name = entry.key === undefined ? '' : oneLine(String(entry.key), LIMITS.preview);
  if (entry.broken) return leaf(name, 'error', entry.broken, range);
  if (entry.value === undefined)
    return nodeOfValue(name, entryDefault(source.types, field), { ...range, note: 'default' });
  return { ...valueNode(source, entry.value.field, name, entry.value.wire), ...range };
}

function entryOf(
  source: TypedBytes,
  field: ProtoField,
  wire: WireField,
): { key: unknown; value?: { field: ProtoField; wire: WireField }; broken?: string } {
  let key: unknown;
  let value: { field: ProtoField; wire: WireField } | undefined;
  for (const member of membersOf(source, placeOf(field, wire))) {
    if (member.broken) return { key, broken: member.broken.message };
    if (member.field?.number === 1 && fits(member.field, member.first))
      key = leafValue(source, member.field, member.first);
    if (member.field?.number === 2) value = { field: member.field, wire: member.first };
  }
  return value ? { key, value } : { key };
}

/** One line such as `{symbol: "AU", side: BUY}`, at most `max` UTF-16 units. */
export function typedPreview(source: TypedBytes, place: Place, max: number, depth: number): string {
  const known = meaning(source, place);
  if (known !== undefined) return known;
  let text = '';
  for (const member of membersOf(source, place)) {
    if (member.index > 0) text += ', ';
    if (member.broken || depth === 0 || text.length >= max) {
      text += '…';
      break;
    }
    text += memberPreview(source, member, Math.max(1, max - text.length), depth);
  }
  return cut(`{${text}}`, max);
}

function memberPreview(source: TypedBytes, member: Member, max: number, depth: number): string {
  const { field, first } = member;
  if (field === undefined) return `${first.number}: ${previewGuess(source.bytes, first, max, depth)}`;
  const value = field.repeated
    ? runPreview(source, member, max, depth)
    : valuePreview(source, field, first, max, depth);
  return `${field.name}: ${value}`;
}

function runPreview(source: TypedBytes, member: Member, max: number, depth: number): string {
  const field = member.field as ProtoField;
  let text = '';
  for (const { index, wire } of elementsOf(source, member)) {
    if (index > 0) text += ', ';
    if (wire.broken || depth === 0 || text.length >= max) {
      text += '…';
      break;
    }
    const left = Math.max(1, max - text.length);
    text +=
      field.map && fits(field, wire)
        ? entryPreview(source, field, wire, left, depth)
        : valuePreview(source, field, wire, left, depth - 1);
  }
  return cut(field.map ? `{${text}}` : `[${text}]`, max);
}

function entryPreview(source: TypedBytes, field: ProtoField, wire: WireField, max: number, depth: number): string {
  const { key = '', value, broken } = entryOf(source, field, wire);
  const name = cut(String(key), max);
  if (broken !== undefined) return `${name}: …`;
  return `${name}: ${value ? valuePreview(source, value.field, value.wire, max, depth - 1) : previewValue(entryDefault(source.types, field))}`;
}

function valuePreview(source: TypedBytes, field: ProtoField, wire: WireField, max: number, depth: number): string {
  if (!fits(field, wire)) return previewGuess(source.bytes, wire, max, Math.max(0, depth));
  if (field.type === 'message') return typedPreview(source, placeOf(field, wire), max, Math.max(0, depth - 1));
  if (field.type === 'string') {
    // Four bytes are the most that two UTF-16 units take.
    const { valueStart, valueEnd } = wire;
    const whole = valueEnd - valueStart <= max * 4;
    const value = whole ? leafValue(source, field, wire) : headText(source.bytes, valueStart, max);
    return typeof value === 'string'
      ? JSON.stringify(cut(value, max))
      : previewBytes(source.bytes.subarray(valueStart, valueEnd));
  }
  if (field.type === 'enum') return String(leafValue(source, field, wire));
  return previewValue(leafValue(source, field, wire), max);
}

function headText(bytes: Uint8Array, start: number, max: number): string | undefined {
  for (let spare = 0; spare < 4; spare++) {
    const text = utf8Strict(bytes.subarray(start, start + max * 4 - spare));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** What Protobuf's own messages say in a word: a time, a duration, a value that is wrapped. */
function meaning(source: TypedBytes, place: Place): string | undefined {
  const type = /^google\.protobuf\.(Timestamp|Duration|\w+Value)$/.exec(place.ref)?.[1];
  if (type === undefined || type === 'ListValue') return undefined;
  if (type !== 'Timestamp' && type !== 'Duration') return wrapped(source, place);
  const { seconds = 0, nanos = 0 } = typedValue(source, place, 1);
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return undefined;
  if (type === 'Duration') return `${Number((seconds + nanos / 1e9).toFixed(9))} s`;
  const time = new Date(seconds * 1000 + Math.floor(nanos / 1e6));
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function wrapped(source: TypedBytes, place: Place): string | undefined {
  const [first] = membersOf(source, place);
  if (first?.field === undefined || first.broken || first.field.type === 'message') return undefined;
  return valuePreview(source, first.field, first.first, LIMITS.preview, 1);
}
