import type { AvroLogical, AvroNamed, AvroType, AvroTypes, Primitive } from '../../schema/avro-types';
import { Broken, ByteReader, utf8 } from '../reader';
import { readVarint } from './protobuf-wire';

/** Bytes, and the types that their values may have. */
export interface AvroSource {
  types: AvroTypes;
  bytes: Uint8Array;
}

/** A type with its name looked up. */
export type AvroShape = Exclude<AvroType, { type: 'ref' }> | (AvroNamed & { name: string });

/** Values within values that are followed. */
const DEEPEST = 400;
/** Values without bytes that a list shows. */
const MOST_EMPTY = 1000;

/** Reads bytes as Avro (Specification 1.12, Binary Encoding). Bounds what is read: some types take no bytes. */
export class AvroReader extends ByteReader {
  #steps = 0;

  constructor(
    readonly source: AvroSource,
    start = 0,
    end = source.bytes.length,
  ) {
    super(source.bytes, start, end);
  }

  /** A zigzag number of up to 64 bits; whole numbers beyond 2^53 are `bigint`. Throws {@link Broken}. */
  long(): number | bigint {
    const raw = readVarint(this);
    const value = (raw >> 1n) ^ -(raw & 1n);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  /** Moves to the value of a text or of bytes, and gives its length. Throws {@link Broken}. */
  length(): number {
    const start = this.at;
    const length = Number(this.long());
    if (length < 0) throw new Broken(`a length of ${length}`, start);
    return length;
  }

  /** The case of a union, or the symbol of an enum: below `count`. Throws {@link Broken}. */
  choice(count: number, what: string): number {
    const start = this.at;
    const value = Number(this.long());
    if (value < 0 || value >= count) throw new Broken(`${what} ${value} of ${count}`, start);
    return value;
  }

  /** Values in the next block of an array or map, 0 at its end. Throws {@link Broken}. */
  block(): number {
    const count = Number(this.long());
    if (count >= 0) return count;
    this.long();
    return -count;
  }

  /** Moves past a value. Throws {@link Broken}. */
  pass(type: AvroType, depth = 0): void {
    if (++this.#steps > 10_000 + 16 * this.bytes.length) throw new Broken('too many values without bytes', this.at);
    if (depth > DEEPEST) throw new Broken('nested too deeply', this.at);
    const shape = shapeOf(this.source.types, type);
    switch (shape.type) {
      case 'array':
      case 'map':
        this.#passBlocks(shape, depth);
        break;
      case 'union':
        this.pass(this.unionCase(shape.of), depth + 1);
        break;
      case 'record':
        for (const { of } of shape.fields) this.pass(of, depth + 1);
        break;
      case 'enum':
        this.choice(shape.symbols.length, 'symbol');
        break;
      case 'fixed':
        this.skip(shape.size);
        break;
      default:
        this.#passPrimitive(shape.type);
    }
  }

  /** The type of a union's value, which begins then. Throws {@link Broken}. */
  unionCase(types: readonly AvroType[]): AvroType {
    return types[this.choice(types.length, 'case')] as AvroType;
  }

  #passPrimitive(type: Primitive): void {
    switch (type) {
      case 'null':
        break;
      case 'boolean':
        this.boolean();
        break;
      case 'float':
        this.skip(4);
        break;
      case 'double':
        this.skip(8);
        break;
      case 'bytes':
      case 'string':
        this.skip(this.length());
        break;
      default:
        this.long();
    }
  }

  boolean(): boolean {
    const start = this.at;
    const value = this.u8();
    if (value > 1) throw new Broken(`a boolean of ${value}`, start);
    return value === 1;
  }

  #passBlocks(shape: Extract<AvroShape, { type: 'array' | 'map' }>, depth: number): void {
    for (let left = this.block(); left > 0; left = this.block()) {
      for (; left > 0; left--) {
        const start = this.at;
        if (shape.type === 'map') this.skip(this.length());
        this.pass(shape.type === 'map' ? shape.values : shape.items, depth + 1);
        // What takes no bytes once never does.
        if (this.at === start) break;
      }
    }
  }
}

/** A type with its name looked up. */
export function shapeOf({ named }: AvroTypes, type: AvroType): AvroShape {
  if (type.type !== 'ref') return type;
  const shape = Object.hasOwn(named, type.name) ? named[type.name] : undefined;
  return shape ? { ...shape, name: type.name } : { type: 'null' };
}

/** A value of a list or map. Of a map `start` is that of its key. */
export interface AvroElement {
  index: number;
  start: number;
  end: number;
  /** Values left in the block, this one too. */
  left: number;
  broken?: Broken;
}

/** The values of a list or map that begins at `from`. Where it is broken the last one is. @param mark begins there */
export function* avroElements(
  source: AvroSource,
  shape: Extract<AvroShape, { type: 'array' | 'map' }>,
  from: number,
  mark?: AvroElement,
): Generator<AvroElement, void> {
  const reader = new AvroReader(source, mark ? mark.start : from);
  let left = mark ? mark.left : 0;
  let empty = 0;
  for (let index = mark ? mark.index : 0; ; index++) {
    const element: AvroElement = { index, start: reader.at, end: reader.at, left };
    try {
      if (left === 0) left = reader.block();
      if (left === 0) return;
      element.start = reader.at;
      element.left = left;
      if (shape.type === 'map') reader.skip(reader.length());
      reader.pass(shape.type === 'map' ? shape.values : shape.items);
      element.end = reader.at;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      yield { ...element, end: reader.end, broken: error };
      return;
    }
    yield element;
    left = element.end === element.start && ++empty >= MOST_EMPTY ? 0 : left - 1;
  }
}

/** The value of a leaf: text, number, boolean, `null` or bytes; of an enum its symbol. Throws {@link Broken}. */
export function avroLeaf(reader: AvroReader, shape: AvroShape): unknown {
  switch (shape.type) {
    case 'null':
      return null;
    case 'boolean':
      return reader.boolean();
    case 'float':
      return new DataView(reader.bytes.buffer, reader.bytes.byteOffset + reader.skip(4), 4).getFloat32(0, true);
    case 'double':
      return reader.f64LE();
    case 'string':
      return utf8(reader.take(reader.length()));
    case 'bytes':
      return reader.take(reader.length());
    case 'fixed':
      return reader.take(shape.size);
    case 'enum':
      return shape.symbols[reader.choice(shape.symbols.length, 'symbol')];
    default:
      return reader.long();
  }
}

/** Plain value of what begins where the reader is, which moves past it. Unions are the value of their case. Throws {@link Broken}. */
export function avroValue(reader: AvroReader, type: AvroType, depth = 0): unknown {
  if (depth > DEEPEST) throw new Broken('nested too deeply', reader.at);
  const { source } = reader;
  const shape = shapeOf(source.types, type);
  switch (shape.type) {
    case 'union':
      return avroValue(reader, reader.unionCase(shape.of), depth + 1);
    case 'record':
      return Object.fromEntries(shape.fields.map(({ name, of }) => [name, avroValue(reader, of, depth + 1)]));
    case 'array':
    case 'map': {
      const entries: [string, unknown][] = [];
      for (const element of avroElements(source, shape, reader.at)) {
        if (element.broken) throw element.broken;
        const inner = new AvroReader(source, element.start);
        const key = shape.type === 'map' ? utf8(inner.take(inner.length())) : '';
        entries.push([key, avroValue(inner, shape.type === 'map' ? shape.values : shape.items, depth + 1)]);
      }
      reader.pass(type);
      return shape.type === 'map' ? Object.fromEntries(entries) : entries.map(([, value]) => value);
    }
    default:
      return avroLeaf(reader, shape);
  }
}

/** How a type's values are written beyond its name. */
export function logicalOf(shape: AvroShape): AvroLogical | undefined {
  return 'logical' in shape ? shape.logical : undefined;
}
