import { avroBySchema } from '../decode/encodings/avro-schema';
import { protobufBySchema } from '../decode/encodings/protobuf-schema';
import type { Decoder } from '../decode/types';
import type { AvroTypes } from './avro-types';
import type { ProtoField, ProtoTypes } from './proto-types';
import type { SchemaLibrary } from './schema-files';
import { parseSchemaId, type SchemaChoice, schemaLabel } from './schema-id';

/** All that a decoder by schema needs, as plain data: from it the same decoder is made in another Worker. */
export type SchemaDefinition = { id: string; choice: SchemaChoice } & (
  | { proto: ProtoTypes; avro?: undefined }
  | { avro: AvroTypes; proto?: undefined }
);

/**
 * What the decoder of an id needs of a library, and no more of Protobuf.
 * @returns `undefined` where the id is none of a schema, or where a type is not there (any more)
 */
export function defineSchemaDecoder(id: string, library: SchemaLibrary): SchemaDefinition | undefined {
  const choice = parseSchemaId(id);
  if (choice === undefined) return undefined;
  const wanted = [choice.sent, choice.received].filter(Boolean);
  const known = choice.format === 'avro' ? library.avro.roots : library.proto.messages;
  if (!wanted.every((name) => Object.hasOwn(known, name))) return undefined;
  return choice.format === 'avro'
    ? { id, choice, avro: library.avro }
    : { id, choice, proto: reachable(library.proto, wanted) };
}

/** The decoder that a definition describes. */
export function schemaDecoder(definition: SchemaDefinition): Decoder {
  const { id, choice, proto, avro } = definition;
  const label = schemaLabel(choice);
  const decoder = avro ? avroBySchema(id, label, avro, choice) : protobufBySchema(id, label, proto, choice);
  return { ...decoder, schema: definition };
}

/** The messages and enums that can be within some. With an `Any` among them all of them can. */
function reachable(types: ProtoTypes, names: readonly string[]): ProtoTypes {
  const messages = new Map<string, ProtoField[]>();
  const enums = new Map<string, Record<number, string>>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const fields = types.messages[name];
    if (name === 'google.protobuf.Any') return types;
    if (fields === undefined || messages.has(name)) continue;
    messages.set(name, fields);
    for (const { type, ref } of fields) {
      if (ref === undefined) continue;
      if (type === 'message') open.push(ref);
      else if (types.enums[ref]) enums.set(ref, types.enums[ref]);
    }
  }
  return { messages: Object.fromEntries(messages), enums: Object.fromEntries(enums) };
}
