import { protobufBySchema } from '../decode/encodings/protobuf-schema';
import type { Decoder } from '../decode/types';
import type { ProtoField, ProtoTypes } from './proto-types';
import type { SchemaLibrary } from './schema-files';
import { parseSchemaId, type SchemaChoice, schemaLabel } from './schema-id';

/** All that a decoder by schema needs, as plain data: from it the same decoder is made in another Worker. */
export interface SchemaDefinition {
  id: string;
  choice: SchemaChoice;
  proto: ProtoTypes;
}

/**
 * What the decoder of an id needs of a library, and no more.
 * @returns `undefined` where the id is none of a schema, or where a type is not there (any more)
 */
export function defineSchemaDecoder(id: string, library: SchemaLibrary): SchemaDefinition | undefined {
  const choice = parseSchemaId(id);
  if (choice === undefined) return undefined;
  const wanted = [choice.sent, choice.received].filter(Boolean);
  if (!wanted.every((name) => Object.hasOwn(library.proto.messages, name))) return undefined;
  return { id, choice, proto: reachable(library.proto, wanted) };
}

/** The decoder that a definition describes. */
export function schemaDecoder(definition: SchemaDefinition): Decoder {
  const { id, choice, proto } = definition;
  return { ...protobufBySchema(id, schemaLabel(choice), proto, choice), schema: definition };
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
