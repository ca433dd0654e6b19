import { isUtf8, utf8 } from '../decode/reader';
import type { AvroTypes } from './avro-types';
import { readDescriptorSet } from './descriptor-set';
import { linkProto } from './link-proto';
import { type AvroFile, parseAvro, readAvroFile } from './parse-avro';
import { parseProto } from './parse-proto';
import type { ProtoFile, ProtoTypes } from './proto-types';
import { SchemaError } from './schema-error';

/** A file that the user loaded, as it is kept. */
export interface SchemaFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export type SchemaFormat = 'proto' | 'descriptor' | 'avro';

/** A loaded file, for a list: what it is and which types can be chosen of it. */
export interface SchemaInfo {
  name: string;
  format: SchemaFormat;
  bytes: number;
  /** Full names, in the order of the file. */
  types: string[];
}

/** All loaded files together. */
export interface SchemaLibrary {
  files: SchemaInfo[];
  proto: ProtoTypes;
  avro: AvroTypes;
}

/** Bytes of one file, and of all of them, at most. */
const MOST_BYTES = { file: 4 << 20, all: 16 << 20 };

/**
 * Reads the files, and looks up what they name in each other.
 * @throws {SchemaError} for the first that cannot be used, or that others need
 */
export function readSchemas(files: readonly SchemaFile[]): SchemaLibrary {
  const infos: SchemaInfo[] = [];
  const protos: ProtoFile[] = [];
  const avros: { file: AvroFile; info: SchemaInfo }[] = [];
  let all = 0;
  for (const { name, bytes } of files) {
    all += bytes.length;
    if (bytes.length > MOST_BYTES.file) throw new SchemaError(name, 0, `larger than ${MOST_BYTES.file >> 20} MiB`);
    if (all > MOST_BYTES.all)
      throw new SchemaError(name, 0, `all schemas together take more than ${MOST_BYTES.all >> 20} MiB`);
    const format = formatOf(name, bytes);
    if (format === 'avro') {
      const info: SchemaInfo = { name, format, bytes: bytes.length, types: [] };
      infos.push(info);
      avros.push({ file: readAvroFile(name, bytes), info });
      continue;
    }
    const read = format === 'proto' ? [parseProto(name, utf8(bytes))] : readDescriptorSet(name, bytes);
    // A descriptor set made with its imports brings files that another one brought.
    protos.push(...read.filter((file) => !protos.some((known) => known.name === file.name && sameTypes(known, file))));
    infos.push({ name, format, bytes: bytes.length, types: typesOf(read) });
  }
  const { types: avro, chosen } = parseAvro(avros.map(({ file }) => file));
  for (const [i, { info }] of avros.entries()) info.types = chosen[i] ?? [];
  return { files: infos, proto: linkProto(protos), avro };
}

/** By its name, and where that says nothing by what it holds. */
function formatOf(name: string, bytes: Uint8Array): SchemaFormat {
  if (/\.proto$/i.test(name)) return 'proto';
  if (/\.(avsc|avpr|json)$/i.test(name)) return 'avro';
  if (/\.(desc|pb|binpb|protoset|fds|bin)$/i.test(name) || !isUtf8(bytes)) return 'descriptor';
  return /^\s*["[{]/.test(utf8(bytes.subarray(0, 100))) ? 'avro' : 'proto';
}

function sameTypes(a: ProtoFile, b: ProtoFile): boolean {
  const names = ({ messages }: ProtoFile) => messages.map(({ name }) => name).join();
  return names(a) === names(b);
}

function typesOf(files: readonly ProtoFile[]): string[] {
  const fields = files.flatMap(({ messages }) => messages.flatMap((message) => message.fields));
  const entries = new Set(fields.filter(({ map }) => map).map(({ type }) => type.replace(/^\./, '')));
  const names = files.flatMap(({ messages }) => messages.map(({ name }) => name));
  return names.filter((name) => !entries.has(name) && !name.endsWith('<>'));
}
