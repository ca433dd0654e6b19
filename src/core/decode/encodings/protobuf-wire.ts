import { Broken, ByteReader } from '../reader';

/** One field of a message. Protocol Buffers, Encoding. */
export interface WireField {
  index: number;
  number: number;
  /** 0 varint, 1 eight bytes, 2 length-delimited, 3 group, 5 four bytes. */
  wire: number;
  /** Offset of the tag. */
  start: number;
  /** Offsets of the value: after the length of what has one; of a group, before the tag that ends it. */
  valueStart: number;
  valueEnd: number;
  end: number;
  /** Varints and fixed numbers, unsigned. */
  value: bigint;
  broken?: Broken;
}

const END_GROUP = 4;

/** The largest field number there is. */
const MAX_NUMBER = 2 ** 29 - 1;

/**
 * The fields from `from` to before `to`, without a schema. Where the input is broken the last field is `broken`.
 * @param mark begins at this field instead
 */
export function* fieldsOf(bytes: Uint8Array, from: number, to: number, mark?: WireField): Generator<WireField, void> {
  const reader = new ByteReader(bytes, mark ? mark.start : from, to);
  for (let index = mark ? mark.index : 0; reader.left > 0; index++) {
    const start = reader.at;
    const field: WireField = {
      index,
      number: 0,
      wire: 0,
      start,
      valueStart: start,
      valueEnd: start,
      end: start,
      value: 0n,
    };
    try {
      readTag(reader, field);
      if (field.wire === END_GROUP) throw new Broken('the end of a group that did not begin', start);
      readValue(reader, field);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      yield { ...field, end: reader.end, valueEnd: reader.end, broken: error };
      return;
    }
    yield field;
  }
}

/** Whether all the bytes from `from` to before `to` are fields; looks at `most` of them. */
export function isMessage(bytes: Uint8Array, from: number, to: number, most = 1000): boolean {
  for (const field of fieldsOf(bytes, from, to)) {
    if (field.broken) return false;
    if (field.index === most) return true;
  }
  return from < to;
}

/** A varint of up to 64 bits. Throws {@link Broken}. */
export function readVarint(reader: ByteReader): bigint {
  const start = reader.at;
  let low = 0;
  for (let shift = 0; shift < 49; shift += 7) {
    const byte = reader.u8();
    low += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return BigInt(low);
  }
  let value = BigInt(low);
  for (let shift = 49n; shift < 70n; shift += 7n) {
    const byte = reader.u8();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new Broken('number longer than ten bytes', start);
}

function readTag(reader: ByteReader, field: WireField): void {
  const start = reader.at;
  const tag = reader.varuint(5);
  field.wire = tag % 8;
  field.number = Math.floor(tag / 8);
  if (field.number === 0 || field.number > MAX_NUMBER) throw new Broken(`field number ${field.number}`, start);
}

function readValue(reader: ByteReader, field: WireField): void {
  field.valueStart = reader.at;
  switch (field.wire) {
    case 0:
      field.value = readVarint(reader);
      break;
    case 1:
      field.value = BigInt.asUintN(64, reader.i64LE());
      break;
    case 5:
      field.value = BigInt(reader.u32LE());
      break;
    case 2: {
      const length = reader.varuint(5);
      field.valueStart = reader.at;
      reader.skip(length);
      break;
    }
    case 3:
      field.valueEnd = skipGroup(reader, field.number);
      field.end = reader.at;
      return;
    default:
      throw new Broken(`wire type ${field.wire} is not used`, field.start);
  }
  field.valueEnd = reader.at;
  field.end = reader.at;
}

/** Moves past a group, with those within it, and gives the offset of the tag that ends it. */
function skipGroup(reader: ByteReader, number: number): number {
  const open = [number];
  for (;;) {
    const start = reader.at;
    const field: WireField = {
      index: 0,
      number: 0,
      wire: 0,
      start,
      valueStart: start,
      valueEnd: start,
      end: start,
      value: 0n,
    };
    readTag(reader, field);
    if (field.wire === 3) open.push(field.number);
    else if (field.wire !== END_GROUP) readValue(reader, field);
    else if (open.pop() !== field.number) throw new Broken('a group that another one ends', start);
    if (open.length === 0) return start;
  }
}
