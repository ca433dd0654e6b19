import { typedMessage } from '../decode/encodings/protobuf-value';
import { linkProto } from './link-proto';
import { parseProto } from './parse-proto';
import type { DeclaredField, ProtoFile, ProtoTypes } from './proto-types';
import { SchemaError } from './schema-error';

/** Of `google/protobuf/descriptor.proto` what is needed to read messages. */
const DESCRIPTOR = `
  package google.protobuf;
  message FileDescriptorSet { repeated FileDescriptorProto file = 1; }
  message FileDescriptorProto {
    string name = 1; string package = 2; repeated string dependency = 3; repeated DescriptorProto message_type = 4;
    repeated EnumDescriptorProto enum_type = 5; repeated FieldDescriptorProto extension = 7;
  }
  message DescriptorProto {
    string name = 1; repeated FieldDescriptorProto field = 2; repeated DescriptorProto nested_type = 3;
    repeated EnumDescriptorProto enum_type = 4; repeated FieldDescriptorProto extension = 6; MessageOptions options = 7;
    repeated OneofDescriptorProto oneof_decl = 8;
  }
  message MessageOptions { bool map_entry = 7; }
  message FieldDescriptorProto {
    string name = 1; string extendee = 2; int32 number = 3; int32 label = 4; int32 type = 5; string type_name = 6;
    int32 oneof_index = 9; bool proto3_optional = 17;
  }
  message OneofDescriptorProto { string name = 1; }
  message EnumDescriptorProto { string name = 1; repeated EnumValueDescriptorProto value = 2; }
  message EnumValueDescriptorProto { string name = 1; int32 number = 2; }`;

/** `FieldDescriptorProto.Type`, by number; groups, messages and enums have a name of their own. */
const TYPES: Record<number, string> = {
  1: 'double',
  2: 'float',
  3: 'int64',
  4: 'uint64',
  5: 'int32',
  6: 'fixed64',
  7: 'fixed32',
  8: 'bool',
  9: 'string',
  12: 'bytes',
  13: 'uint32',
  15: 'sfixed32',
  16: 'sfixed64',
  17: 'sint32',
  18: 'sint64',
};
const REPEATED = 3;
const DEEPEST = 64;

let schema: ProtoTypes | undefined;

/**
 * What the files of a descriptor set declare (`protoc --descriptor_set_out`, `buf build -o`; descriptor.proto).
 * A single `FileDescriptorProto` is read too.
 *
 * @param file name of the file, for messages
 * @throws {SchemaError} where the bytes are none
 */
export function readDescriptorSet(file: string, bytes: Uint8Array): ProtoFile[] {
  schema ??= linkProto([parseProto('descriptor.proto', DESCRIPTOR)]);
  const set = typedMessage(schema, 'google.protobuf.FileDescriptorSet', bytes);
  if (!('problem' in set)) {
    const files = list(set.value.file).map((each) => readFile(file, each));
    if (files.some(({ messages }) => messages.length > 0)) return files;
  }
  const single = typedMessage(schema, 'google.protobuf.FileDescriptorProto', bytes);
  if (!('problem' in single) && list(single.value.message_type).length > 0) return [readFile(file, single.value)];
  if ('problem' in set) {
    throw new SchemaError(file, 0, `not a descriptor set: ${set.problem.message} (at byte ${set.problem.at})`);
  }
  throw new SchemaError(file, 0, 'not a descriptor set, or one without messages');
}

type Value = Record<string, unknown>;

function readFile(from: string, value: Value): ProtoFile {
  const name = text(value.name) || from;
  const file: ProtoFile = { name, imports: list(value.dependency, text), messages: [], enums: [], extensions: [] };
  const scope = text(value.package);
  for (const message of list(value.message_type)) addMessage(file, scope, message, 0);
  addEnums(file, scope, value.enum_type);
  addExtensions(file, scope, value.extension);
  return file;
}

function addMessage(file: ProtoFile, scope: string, value: Value, depth: number): void {
  if (depth > DEEPEST) throw new SchemaError(file.name, 0, 'messages that are nested too deeply');
  const name = within(scope, text(value.name));
  const nested = list(value.nested_type);
  const entries = new Set(
    nested
      .filter(({ options }) => isValue(options) && options.map_entry === true)
      .map((each) => within(name, text(each.name))),
  );
  const oneofs = list(value.oneof_decl).map((each) => text(each.name));
  const fields = list(value.field).map((field) => readField(name, field, entries, oneofs));
  file.messages.push({ name, line: 0, fields });
  for (const each of nested) addMessage(file, name, each, depth + 1);
  addEnums(file, name, value.enum_type);
  addExtensions(file, name, value.extension);
}

function readField(scope: string, value: Value, entries: ReadonlySet<string>, oneofs: string[]): DeclaredField {
  const type = TYPES[Number(value.type)] ?? text(value.type_name);
  const field: DeclaredField = { number: Number(value.number), name: text(value.name), type, scope, line: 0 };
  if (value.label === REPEATED) field.repeated = true;
  if (entries.has(type.replace(/^\./, ''))) field.map = true;
  const oneof = value.oneof_index === undefined ? undefined : oneofs[Number(value.oneof_index)];
  // An optional field of proto3 is the only case of a oneof that nobody wrote.
  if (oneof !== undefined && value.proto3_optional !== true) field.oneof = oneof;
  return field;
}

function addEnums(file: ProtoFile, scope: string, value: unknown): void {
  for (const each of list(value)) {
    const values = list(each.value).map((one): [number, string] => [Number(one.number ?? 0), text(one.name)]);
    file.enums.push({ name: within(scope, text(each.name)), line: 0, values });
  }
}

function addExtensions(file: ProtoFile, scope: string, value: unknown): void {
  for (const each of list(value)) {
    const field = readField(scope, each, new Set(), []);
    const name = `[${within(scope, field.name)}]`;
    file.extensions.push({ extendee: text(each.extendee), field: { ...field, name } });
  }
}

function list(value: unknown): Value[];
function list<T>(value: unknown, map: (each: unknown) => T): T[];
function list(value: unknown, map?: (each: unknown) => unknown): unknown[] {
  const all: unknown[] = Array.isArray(value) ? value : [];
  return map ? all.map(map) : all.filter(isValue);
}

function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function within(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}
