/** Primitive types of Avro (Specification 1.12, Primitive Types). */
export const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;

export type Primitive = (typeof PRIMITIVES)[number];

/** What a value means beyond how it is written (Logical Types). */
export interface AvroLogical {
  name: string;
  /** Digits after the point, of a `decimal`. */
  scale?: number;
}

/** A type whose names are looked up in {@link AvroTypes}. Plain data: it is sent between Workers. */
export type AvroType =
  | { type: Primitive; logical?: AvroLogical }
  | { type: 'array'; items: AvroType }
  | { type: 'map'; values: AvroType }
  | { type: 'union'; of: AvroType[] }
  | { type: 'ref'; name: string };

/** A type that has a name. */
export type AvroNamed =
  | { type: 'record'; fields: { name: string; of: AvroType }[] }
  | { type: 'enum'; symbols: string[] }
  | { type: 'fixed'; size: number; logical?: AvroLogical };

export interface AvroTypes {
  /** By full name. */
  named: Record<string, AvroNamed>;
  /** What can be chosen: named types by their full names, others by the name of their file. */
  roots: Record<string, AvroType>;
}
