import type { ProtoField, ProtoTypes } from '../../schema/proto-types';
import { Broken, ByteReader, utf8 } from '../reader';
import { LIMITS } from '../tree';
import { packedWire } from './protobuf-scalar';
import { fieldsOf, readVarint, type WireField } from './protobuf-wire';

/** Bytes, and the messages that may lie in them. */
export interface TypedBytes {
  types: ProtoTypes;
  bytes: Uint8Array;
}

/** A message within bytes. */
export interface Place {
  /** Full name of its type. */
  ref: string;
  from: number;
  to: number;
}

/** A field of a message as it is shown: once, or a run of the values of a list. */
export interface Member {
  index: number;
  /** `undefined` where the schema does not have it. */
  field: ProtoField | undefined;
  first: WireField;
  end: number;
  /** Values of the list that stood before this run. */
  base: number;
  broken?: Broken;
  /** Values of each list before this member, by field number; kept where reading may begin again. */
  counts?: ReadonlyMap<number, number>;
}

/** One value of a list; of a packed one `wire` is made up. */
export interface Element {
  index: number;
  wire: WireField;
  /** The field that holds it. */
  outer: WireField;
}

const ANY = 'google.protobuf.Any';
const lookups = new WeakMap<readonly ProtoField[], ReadonlyMap<number, ProtoField>>();
const NONE: ReadonlyMap<number, ProtoField> = new Map();

/** The fields of a message by number. What an `Any` holds has the type that the `Any` says, if the schema has it. */
export function fieldsByNumber(source: TypedBytes, place: Place): ReadonlyMap<number, ProtoField> {
  const fields = Object.hasOwn(source.types.messages, place.ref) ? source.types.messages[place.ref] : undefined;
  if (fields === undefined) return NONE;
  let known = lookups.get(fields);
  if (known === undefined) {
    known = new Map(fields.map((field) => [field.number, field]));
    lookups.set(fields, known);
  }
  if (place.ref !== ANY) return known;
  const ref = anyType(source, place);
  return ref === undefined ? known : new Map(known).set(2, { number: 2, name: 'value', type: 'message', ref });
}

/** `type.googleapis.com/shop.Order` names `shop.Order` (protobuf.dev, Any). */
function anyType({ types, bytes }: TypedBytes, { from, to }: Place): string | undefined {
  for (const field of fieldsOf(bytes, from, to)) {
    if (field.broken || field.number !== 1 || field.wire !== 2) continue;
    const url = utf8(bytes.subarray(field.valueStart, Math.min(field.valueEnd, field.valueStart + 1000)));
    const name = url.slice(url.lastIndexOf('/') + 1);
    return Object.hasOwn(types.messages, name) && name !== ANY ? name : undefined;
  }
  return undefined;
}

/** The members of a message in their order, those of a list that stand together as one. @param mark begins there */
export function* membersOf(source: TypedBytes, place: Place, mark?: Member): Generator<Member, void> {
  const fields = fieldsByNumber(source, place);
  const counts = new Map(mark?.counts);
  let index = mark ? mark.index : 0;
  let run: Member | undefined;
  for (const wire of fieldsOf(source.bytes, mark ? mark.first.start : place.from, place.to)) {
    const field = wire.number === 0 ? undefined : fields.get(wire.number);
    if (run && (wire.broken || run.first.number !== wire.number)) {
      yield run;
      run = undefined;
    }
    if (field?.repeated && !wire.broken) {
      const base = counts.get(field.number) ?? 0;
      run ??= started(index++, field, wire, base, counts);
      run.end = wire.end;
      counts.set(field.number, base + lengthOf(source.bytes, field, wire));
    } else {
      const member = started(index++, field, wire, 0, counts);
      if (wire.broken) member.broken = wire.broken;
      yield member;
    }
  }
  if (run) yield run;
}

function started(
  index: number,
  field: ProtoField | undefined,
  first: WireField,
  base: number,
  counts: ReadonlyMap<number, number>,
): Member {
  const member: Member = { index, field, first, end: first.end, base };
  if (index % LIMITS.group === 0) member.counts = new Map(counts);
  return member;
}

/** How many values of a list a field holds. */
function lengthOf(bytes: Uint8Array, field: ProtoField, wire: WireField): number {
  const packed = packedWire(field, wire);
  if (packed === undefined) return 1;
  const { valueStart, valueEnd } = wire;
  if (packed !== 0) return Math.ceil((valueEnd - valueStart) / (packed === 1 ? 8 : 4));
  let count = 0;
  for (let at = valueStart; at < valueEnd; at++) if ((bytes[at] as number) < 0x80) count++;
  return valueEnd > valueStart && (bytes[valueEnd - 1] as number) >= 0x80 ? count + 1 : count;
}

/** The values of a run, counted from 0. Where a packed list is broken its last one is. @param mark begins there */
export function* elementsOf({ bytes }: TypedBytes, member: Member, mark?: Element): Generator<Element, void> {
  const { field, first, end } = member;
  let index = mark ? mark.index : 0;
  let at = mark && mark.wire !== mark.outer ? mark.wire.start : undefined;
  for (const outer of fieldsOf(bytes, mark ? mark.outer.start : first.start, end)) {
    const packed = field && packedWire(field, outer);
    if (packed === undefined) {
      yield { index: index++, wire: outer, outer };
      continue;
    }
    const reader = new ByteReader(bytes, at ?? outer.valueStart, outer.valueEnd);
    at = undefined;
    while (reader.left > 0) {
      const wire = packedValue(reader, outer, packed);
      yield { index: index++, wire, outer };
      if (wire.broken) break;
    }
  }
}

function packedValue(reader: ByteReader, outer: WireField, wire: number): WireField {
  const start = reader.at;
  const made: WireField = { ...outer, wire, start, valueStart: start, valueEnd: start, end: start };
  try {
    if (wire === 0) made.value = readVarint(reader);
    else made.value = wire === 1 ? reader.u64LE() : BigInt(reader.u32LE());
    made.valueEnd = reader.at;
    made.end = reader.at;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    made.broken = error;
    made.valueEnd = reader.end;
    made.end = reader.end;
  }
  return made;
}
