import type { DeclaredField, ProtoField, ProtoFile, ProtoTypes } from './proto-types';
import { SCALARS, type Scalar } from './proto-types';
import { SchemaError } from './schema-error';
import { wellKnown } from './well-known';

const SCALAR_NAMES: ReadonlySet<string> = new Set(SCALARS);

/**
 * Looks up the types that the fields of files name, among all these files and Protobuf's own.
 * @throws {SchemaError} where a type is declared twice or not at all
 */
export function linkProto(files: readonly ProtoFile[]): ProtoTypes {
  const declared = new Map<string, { file: ProtoFile; kind: 'message' | 'enum' }>();
  const own = new Set(files.flatMap(({ messages, enums }) => [...messages, ...enums].map(({ name }) => name)));
  // What is loaded as a file of its own is not taken from here.
  const known = wellKnown().filter(({ messages, enums }) => ![...messages, ...enums].some(({ name }) => own.has(name)));
  const all = [...files, ...known];
  for (const file of all) {
    for (const { name, line } of file.messages) declare(declared, file, name, line, 'message');
    for (const { name, line } of file.enums) declare(declared, file, name, line, 'enum');
  }
  const messages = new Map<string, ProtoField[]>();
  const enums = new Map<string, Record<number, string>>();
  for (const file of all) {
    const resolve = (field: DeclaredField): ProtoField => resolved(field, file, declared, files);
    for (const { name, fields } of file.messages) messages.set(name, fields.map(resolve));
    for (const { name, values } of file.enums) enums.set(name, Object.fromEntries(values.toReversed()));
  }
  for (const file of all) {
    for (const { extendee, field } of file.extensions) {
      const name = found(extendee, field.scope, (full) => messages.has(full));
      // Options of files are extended too: nobody reads them here.
      if (name !== undefined) messages.get(name)?.push(resolved(field, file, declared, files));
    }
  }
  return { messages: Object.fromEntries(messages), enums: Object.fromEntries(enums) };
}

function declare(
  declared: Map<string, { file: ProtoFile; kind: 'message' | 'enum' }>,
  file: ProtoFile,
  name: string,
  line: number,
  kind: 'message' | 'enum',
): void {
  const before = declared.get(name);
  if (before !== undefined) {
    const where = before.file === file ? 'already' : `already in ${before.file.name}`;
    throw new SchemaError(file.name, line, `${name} is declared ${where}`);
  }
  declared.set(name, { file, kind });
}

function resolved(
  { type, scope, line, ...field }: DeclaredField,
  file: ProtoFile,
  declared: ReadonlyMap<string, { kind: 'message' | 'enum' }>,
  loaded: readonly ProtoFile[],
): ProtoField {
  if (SCALAR_NAMES.has(type)) return { ...field, type: type as Scalar };
  const ref = found(type, scope, (full) => declared.has(full));
  if (ref === undefined) {
    const missing = file.imports.filter((path) => !isLoaded(path, loaded));
    const hint =
      missing.length === 0
        ? ''
        : `. The file imports ${missing.map((path) => `"${path}"`).join(', ')}, not loaded here: choose all files together`;
    throw new SchemaError(file.name, line, `there is no type "${type.replace(/^\./, '')}"${hint}`);
  }
  return { ...field, type: declared.get(ref)?.kind ?? 'message', ref };
}

/** The full name that a name means within a scope: looked for from the inside out (Language Guide, Packages). */
function found(name: string, scope: string, has: (full: string) => boolean): string | undefined {
  if (name.startsWith('.')) return has(name.slice(1)) ? name.slice(1) : undefined;
  for (let within = scope; ; within = within.slice(0, Math.max(0, within.lastIndexOf('.')))) {
    const full = within === '' ? name : `${within}.${name}`;
    if (has(full)) return full;
    if (within === '') return undefined;
  }
}

/** A browser tells the name of a file that was chosen, and not its folder. */
function isLoaded(path: string, files: readonly ProtoFile[]): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return (
    path.startsWith('google/protobuf/') ||
    files.some(({ name }) => name === path || name.slice(name.lastIndexOf('/') + 1) === base)
  );
}
