import type { ProtoField, ProtoTypes } from '../../schema/proto-types';
import type { Problem } from '../reader';
import { utf8Strict } from '../reader';
import { LIMITS } from '../tree';
import { joined } from './inflate';
import { guessedFieldValue } from './protobuf-guess';
import { elementsOf, type Member, membersOf, type Place, type TypedBytes } from './protobuf-members';
import { fits, scalarValue } from './protobuf-scalar';
import type { WireField } from './protobuf-wire';

/** Fields that are looked at for problems, at most. */
const LOOKED_AT = 5000;

/** What a message holds, or the problem with it. */
export function typedMessage(
  types: ProtoTypes,
  ref: string,
  bytes: Uint8Array,
): { value: Record<string, unknown> } | { problem: Problem } {
  const source = { types, bytes };
  const place = { ref, from: 0, to: bytes.length };
  const problem = problemIn(source, place);
  return problem ? { problem } : { value: typedValue(source, place) };
}

/**
 * The plain value by field names: enums as names, lists as arrays, maps as objects, bytes as they are. Fields that the
 * schema does not have keep their numbers. As in the encoding, of a field that comes twice the last one counts, messages
 * are merged, and of a oneof only the last case is there. What is nested too deeply stays bytes.
 */
export function typedValue(source: TypedBytes, place: Place, depth: number = LIMITS.depth): Record<string, unknown> {
  const values = new Map<string, unknown>();
  const parts = new Map<string, { field: ProtoField; pieces: Uint8Array[] }>();
  const cases = new Map<string, string>();
  for (const member of membersOf(source, place)) {
    if (member.broken) break;
    const { field, first } = member;
    if (field?.oneof !== undefined) {
      const before = cases.get(field.oneof);
      if (before !== undefined && before !== field.name) {
        values.delete(before);
        parts.delete(before);
      }
      cases.set(field.oneof, field.name);
    }
    if (field === undefined || !(field.repeated || fits(field, first))) {
      addUnknown(values, String(first.number), guessedFieldValue(source.bytes, first, depth));
    } else if (field.repeated) addRun(source, values, field, member, depth);
    else if (field.type !== 'message') values.set(field.name, leafValue(source, field, first));
    else {
      const piece = source.bytes.subarray(first.valueStart, first.valueEnd);
      const known = parts.get(field.name);
      if (known) known.pieces.push(piece);
      else {
        values.set(field.name, undefined);
        parts.set(field.name, { field, pieces: [piece] });
      }
    }
  }
  for (const [name, { field, pieces }] of parts) {
    const bytes = joined(pieces);
    const inner = { ref: field.ref ?? '', from: 0, to: bytes.length };
    values.set(name, depth === 0 ? bytes : typedValue({ types: source.types, bytes }, inner, depth - 1));
  }
  return Object.fromEntries(values);
}

function addUnknown(values: Map<string, unknown>, name: string, value: unknown): void {
  const before = values.get(name);
  if (before === undefined) values.set(name, value);
  else if (Array.isArray(before)) before.push(value);
  else values.set(name, [before, value]);
}

function addRun(
  source: TypedBytes,
  values: Map<string, unknown>,
  field: ProtoField,
  member: Member,
  depth: number,
): void {
  const known = values.get(field.name);
  if (field.map) {
    const entries = new Map(Object.entries(known ?? {}));
    for (const { wire } of elementsOf(source, member)) {
      if (!fits(field, wire) || depth === 0) continue;
      const { key = '', value } = typedValue(source, placeOf(field, wire), depth - 1);
      entries.set(String(key), value ?? entryDefault(source.types, field));
    }
    values.set(field.name, Object.fromEntries(entries));
    return;
  }
  const list: unknown[] = Array.isArray(known) ? known : [];
  for (const { wire } of elementsOf(source, member)) {
    if (!wire.broken) list.push(elementValue(source, field, wire, depth));
  }
  values.set(field.name, list);
}

function elementValue(source: TypedBytes, field: ProtoField, wire: WireField, depth: number): unknown {
  if (!fits(field, wire)) return guessedFieldValue(source.bytes, wire, depth);
  if (field.type !== 'message') return leafValue(source, field, wire);
  if (depth === 0) return source.bytes.subarray(wire.valueStart, wire.valueEnd);
  return typedValue(source, placeOf(field, wire), depth - 1);
}

/** The bytes of a message that a field holds. */
export function placeOf({ ref = '' }: ProtoField, { valueStart, valueEnd }: WireField): Place {
  return { ref, from: valueStart, to: valueEnd };
}

/** The value of a field that is no message and that {@link fits}. Text that is not UTF-8 is bytes. */
export function leafValue({ types, bytes }: TypedBytes, field: ProtoField, wire: WireField): unknown {
  const { type } = field;
  if (type === 'string' || type === 'bytes') {
    const value = bytes.subarray(wire.valueStart, wire.valueEnd);
    return type === 'string' ? (utf8Strict(value) ?? value) : value;
  }
  if (type === 'message') return undefined;
  const value = scalarValue(type, wire.value);
  return type === 'enum' ? (enumName(types, field, Number(value)) ?? value) : value;
}

/** The name of an enum's value, if the schema has one. */
export function enumName({ enums }: ProtoTypes, { ref = '' }: ProtoField, value: number): string | undefined {
  return Object.hasOwn(enums, ref) ? enums[ref]?.[value] : undefined;
}

/** What the value of a map's entry is that has none (Language Guide, Maps). */
export function entryDefault(types: ProtoTypes, { ref = '' }: ProtoField): unknown {
  const field = types.messages[ref]?.find(({ number }) => number === 2);
  if (field === undefined) return undefined;
  switch (field.type) {
    case 'message':
      return {};
    case 'string':
      return '';
    case 'bytes':
      return new Uint8Array(0);
    case 'enum':
      return enumName(types, field, 0) ?? 0;
    default:
      return scalarValue(field.type, 0n);
  }
}

/** The first thing wrong in a message or in those within it: where bytes stop making sense, or are not what the schema says. */
export function problemIn(
  source: TypedBytes,
  place: Place,
  depth: number = LIMITS.depth,
  budget = { left: LOOKED_AT },
): Problem | undefined {
  for (const member of membersOf(source, place)) {
    const { broken, field, first } = member;
    if (broken) return { message: broken.message, at: broken.at };
    if (field === undefined) {
      if (--budget.left < 0) return undefined;
      continue;
    }
    for (const { wire } of field.repeated ? elementsOf(source, member) : [{ wire: first }]) {
      if (--budget.left < 0) return undefined;
      if (wire.broken) return { message: `${field.name}: ${wire.broken.message}`, at: wire.broken.at };
      if (!fits(field, wire)) return { message: mismatch(field, wire), at: wire.start };
      const inner = field.type === 'message' && depth > 0;
      const problem = inner ? problemIn(source, placeOf(field, wire), depth - 1, budget) : undefined;
      if (problem) return problem;
    }
  }
  return undefined;
}

const WIRE_NAMES = ['a varint', 'eight bytes', 'bytes with a length', 'a group', '', 'four bytes'];

/** Why a field is not read as the schema says. */
export function mismatch({ name, type, ref }: ProtoField, { wire, number }: WireField): string {
  return `field ${number} is ${WIRE_NAMES[wire]}, and not ${name} of type ${ref ?? type}`;
}
