import type { ProtoField, Scalar } from '../../schema/proto-types';
import type { WireField } from './protobuf-wire';

/** Wire type of each scalar (Protocol Buffers, Encoding, Message Structure). */
const WIRES: Record<Scalar | 'enum', number> = {
  int32: 0,
  int64: 0,
  uint32: 0,
  uint64: 0,
  sint32: 0,
  sint64: 0,
  bool: 0,
  enum: 0,
  fixed64: 1,
  sfixed64: 1,
  double: 1,
  string: 2,
  bytes: 2,
  fixed32: 5,
  sfixed32: 5,
  float: 5,
};

/** Whether a value of this wire type can be one of the field's; a packed list is none. */
export function fits({ type }: ProtoField, { wire }: WireField): boolean {
  return type === 'message' ? wire === 2 || wire === 3 : wire === WIRES[type];
}

/** Wire type of the numbers in a packed list of the field, whether its schema asks for packing or not; else `undefined`. */
export function packedWire({ type, repeated }: ProtoField, { wire }: WireField): number | undefined {
  if (wire !== 2 || !repeated || type === 'message' || WIRES[type] === 2) return undefined;
  return WIRES[type];
}

const scratch = new DataView(new ArrayBuffer(8));

/**
 * The number or boolean that a varint or a fixed number is as this type; an enum as its number. Integers beyond 2^53 are
 * `bigint`. Numbers with too many bits lose the upper ones (Encoding, Updating a Message Type).
 *
 * @param raw the bits, unsigned
 */
export function scalarValue(type: Scalar | 'enum', raw: bigint): number | bigint | boolean {
  switch (type) {
    case 'bool':
      return raw !== 0n;
    case 'int32':
    case 'enum':
    case 'sfixed32':
      return Number(BigInt.asIntN(32, raw));
    case 'uint32':
    case 'fixed32':
      return Number(BigInt.asUintN(32, raw));
    case 'sint32':
      return Number(zigzag(BigInt.asUintN(32, raw)));
    case 'sint64':
      return safe(zigzag(raw));
    case 'int64':
    case 'sfixed64':
      return safe(BigInt.asIntN(64, raw));
    case 'float':
      scratch.setUint32(0, Number(raw));
      return shortFloat(scratch.getFloat32(0));
    case 'double':
      scratch.setBigUint64(0, raw);
      return scratch.getFloat64(0);
    default:
      return safe(raw);
  }
}

function zigzag(raw: bigint): bigint {
  return (raw >> 1n) ^ -(raw & 1n);
}

function safe(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The shortest decimal that is this float: `0.1`, and not `0.10000000149011612`. */
function shortFloat(value: number): number {
  if (Number.isInteger(value)) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
