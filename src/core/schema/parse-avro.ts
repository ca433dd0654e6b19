import { isRecord, readJson } from '../decode/json/read';
import type { DecodedNode } from '../decode/types';
import {
  type AvroLogical,
  type AvroNamed,
  type AvroType,
  type AvroTypes,
  PRIMITIVES,
  type Primitive,
} from './avro-types';
import { SchemaError } from './schema-error';

/** An Avro schema as its file says it, with names that are not looked up yet. */
export interface AvroFile {
  name: string;
  value: unknown;
  /** Line of the value at a path of keys and indices, counted from 1. */
  lineOf(path: readonly (string | number)[]): number;
}

const DEEPEST = 64;
const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
const PRIMITIVE_NAMES: ReadonlySet<unknown> = new Set(PRIMITIVES);

/** Reads the JSON of an Avro schema (`.avsc`), or of a protocol (`.avpr`). @throws {SchemaError} where it is none */
export function readAvroFile(name: string, bytes: Uint8Array): AvroFile {
  const reading = readJson(bytes);
  if (reading.problem) throw new SchemaError(name, lineAt(bytes, reading.problem.at), reading.problem.message);
  const lineOf = (path: readonly (string | number)[]): number => {
    let node: DecodedNode | undefined = reading.node;
    let start = reading.start;
    for (const key of path) {
      node = node?.children?.().find((child) => child.name === String(key));
      start = node?.start ?? start;
    }
    return lineAt(bytes, start);
  };
  return { name, value: reading.value(), lineOf };
}

function lineAt(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let i = 0; i < at && i < bytes.length; i++) if (bytes[i] === 10) line++;
  return line;
}

/**
 * The types of Avro schemas (Specification 1.12, Schema Declaration), which may name each other.
 * @returns beside them the names that can be chosen, for each file
 * @throws {SchemaError} with file and line, where one is none
 */
export function parseAvro(files: readonly AvroFile[]): { types: AvroTypes; chosen: string[][] } {
  const parsers = files.map((file) => new AvroParser(file));
  const named = new Map<string, AvroNamed>();
  const roots = new Map<string, AvroType>();
  const chosen = parsers.map((parser) => {
    const root = parser.parse();
    for (const [name, { type, path }] of parser.declared) {
      if (named.has(name)) throw parser.error(path, `${name} is declared already`);
      named.set(name, type);
      roots.set(name, { type: 'ref', name });
    }
    const names = [...parser.declared.keys()];
    if (root === undefined || root.type === 'ref') return names;
    roots.set(parser.file.name, root);
    return [parser.file.name, ...names];
  });
  for (const parser of parsers) {
    for (const { name, path } of parser.used) {
      if (!named.has(name)) throw parser.error(path, `there is no type "${name}"`);
    }
  }
  return { types: { named: Object.fromEntries(named), roots: Object.fromEntries(roots) }, chosen };
}

type Path = readonly (string | number)[];

class AvroParser {
  readonly declared = new Map<string, { type: AvroNamed; path: Path }>();
  readonly used: { name: string; path: Path }[] = [];

  constructor(readonly file: AvroFile) {}

  /** The type of the file as a whole; `undefined` of a protocol, or of a list of types. */
  parse(): AvroType | undefined {
    const { value } = this.file;
    if (isRecord(value) && typeof value.protocol === 'string' && Array.isArray(value.types)) {
      const scope = typeof value.namespace === 'string' ? value.namespace : '';
      value.types.forEach((type, i) => {
        this.#type(type, scope, ['types', i]);
      });
      return undefined;
    }
    return this.#type(value, '', []);
  }

  error(path: Path, what: string): SchemaError {
    return new SchemaError(this.file.name, this.file.lineOf(path), what);
  }

  #type(value: unknown, scope: string, path: Path): AvroType {
    if (path.length > DEEPEST * 2) throw this.error(path, 'nested too deeply');
    if (typeof value === 'string') return this.#byName(value, scope, path);
    if (Array.isArray(value)) {
      if (value.length === 0) throw this.error(path, 'a union without types');
      return { type: 'union', of: value.map((each: unknown, i) => this.#type(each, scope, [...path, i])) };
    }
    if (!isRecord(value)) throw this.error(path, 'a type has to be a name, an object or a list');
    const { type } = value;
    switch (type) {
      case 'array':
        return { type, items: this.#type(value.items, scope, [...path, 'items']) };
      case 'map':
        return { type, values: this.#type(value.values, scope, [...path, 'values']) };
      case 'record':
      case 'error':
        return this.#record(value, scope, path);
      case 'enum':
        return this.#enum(value, scope, path);
      case 'fixed':
        return this.#fixed(value, scope, path);
      case undefined:
        throw this.error(path, 'the "type" is missing');
      default: {
        const inner = this.#type(type, scope, [...path, 'type']);
        const logical = logicalOf(value);
        return logical && isPrimitive(inner) ? { ...inner, logical } : inner;
      }
    }
  }

  #byName(name: string, scope: string, path: Path): AvroType {
    if (PRIMITIVE_NAMES.has(name)) return { type: name as Primitive };
    if (!NAME.test(name)) throw this.error(path, `"${name.slice(0, 40)}" is no name of a type`);
    const full = name.includes('.') || scope === '' ? name : `${scope}.${name}`;
    this.used.push({ name: full, path });
    return { type: 'ref', name: full };
  }

  /** Takes a named type's name before what is within it, which may refer to it. */
  #declare(
    value: Record<string, unknown>,
    scope: string,
    path: Path,
    type: AvroNamed,
  ): { ref: AvroType; scope: string } {
    const { name, namespace } = value;
    if (typeof name !== 'string' || !NAME.test(name)) throw this.error(path, `a ${type.type} needs a name`);
    const within = typeof namespace === 'string' ? namespace : scope;
    const full = name.includes('.') || within === '' ? name : `${within}.${name}`;
    if (this.declared.has(full)) throw this.error(path, `${full} is declared already`);
    this.declared.set(full, { type, path });
    return { ref: { type: 'ref', name: full }, scope: full.slice(0, Math.max(0, full.lastIndexOf('.'))) };
  }

  #record(value: Record<string, unknown>, scope: string, path: Path): AvroType {
    const type: AvroNamed = { type: 'record', fields: [] };
    const { ref, scope: within } = this.#declare(value, scope, path, type);
    if (!Array.isArray(value.fields)) throw this.error(path, 'a record needs "fields"');
    value.fields.forEach((field: unknown, i) => {
      const at = [...path, 'fields', i];
      if (!isRecord(field) || typeof field.name !== 'string') throw this.error(at, 'a field needs a "name"');
      if (field.type === undefined) throw this.error(at, `the field "${field.name}" needs a "type"`);
      const of = this.#type(field.type, within, [...at, 'type']);
      type.fields.push({ name: field.name, of });
    });
    return ref;
  }

  #enum(value: Record<string, unknown>, scope: string, path: Path): AvroType {
    const symbols: unknown[] = Array.isArray(value.symbols) ? value.symbols : [];
    if (symbols.length === 0 || !symbols.every((each) => typeof each === 'string')) {
      throw this.error(path, 'an enum needs "symbols"');
    }
    return this.#declare(value, scope, path, { type: 'enum', symbols: symbols.map(String) }).ref;
  }

  #fixed(value: Record<string, unknown>, scope: string, path: Path): AvroType {
    const { size } = value;
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
      throw this.error(path, 'a fixed needs a "size" in bytes');
    }
    const logical = logicalOf(value);
    return this.#declare(value, scope, path, { type: 'fixed', size, ...(logical && { logical }) }).ref;
  }
}

function isPrimitive(type: AvroType): type is Extract<AvroType, { logical?: AvroLogical }> {
  return PRIMITIVE_NAMES.has(type.type);
}

function logicalOf({ logicalType, scale }: Record<string, unknown>): AvroLogical | undefined {
  if (typeof logicalType !== 'string') return undefined;
  return { name: logicalType, ...(typeof scale === 'number' && { scale }) };
}
