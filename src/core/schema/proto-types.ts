/** Scalar types of Protocol Buffers (Language Guide, Scalar Value Types). */
export const SCALARS = [
  'double',
  'float',
  'int32',
  'int64',
  'uint32',
  'uint64',
  'sint32',
  'sint64',
  'fixed32',
  'fixed64',
  'sfixed32',
  'sfixed64',
  'bool',
  'string',
  'bytes',
] as const;

export type Scalar = (typeof SCALARS)[number];

/** A field of a message, as far as it matters for reading it. */
export interface ProtoField {
  number: number;
  name: string;
  /** `message` is also a group, and the entry of a map. */
  type: Scalar | 'message' | 'enum';
  /** Full name of the message or enum, without a leading dot. */
  ref?: string;
  repeated?: boolean;
  /** A list of entries with a `key` and a `value`. */
  map?: boolean;
  /** Name of the oneof that it is a case of. */
  oneof?: string;
}

/** Messages and enums by their full names. Plain data: it is kept on disk, and sent between Workers. */
export interface ProtoTypes {
  messages: Record<string, ProtoField[]>;
  /** Names by number; the first of several for one number. */
  enums: Record<string, Record<number, string>>;
}

/** A field as a file declares it: its type is not looked up yet. */
export interface DeclaredField extends Omit<ProtoField, 'type' | 'ref'> {
  /** As written: a scalar, or a name that counts from `scope` unless it begins with a dot. */
  type: string;
  /** Full name of the message it is declared in; of an extension, of what surrounds that. */
  scope: string;
  line: number;
}

/** What a file declares. Names are full, without a leading dot. */
export interface ProtoFile {
  name: string;
  imports: string[];
  messages: { name: string; line: number; fields: DeclaredField[] }[];
  enums: { name: string; line: number; values: [number: number, name: string][] }[];
  extensions: { extendee: string; field: DeclaredField }[];
}
