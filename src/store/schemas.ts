import { isRecord } from '../core/messages/rpc';
import type { SchemaState } from '../core/schema/schema-calls';
import type { SchemaFile, SchemaLibrary } from '../core/schema/schema-files';
import { parseSchemaId } from '../core/schema/schema-id';
import type { Store } from './store';

/** Where the files are kept. */
const KEY = 'schemas';

/** The schemas that the user loaded: remembered as the files they are, read when something is decoded by them. */
export class Schemas {
  #files: readonly SchemaFile[] = [];
  #library: Promise<SchemaLibrary> | null = null;

  constructor(readonly store: Store) {}

  /** What was remembered. @param kept from the settings, as it lies there */
  async restore(kept: unknown): Promise<void> {
    this.#files = parseFiles(kept);
    await this.update();
  }

  /** Takes over what another DevTools loaded or removed since. */
  async reload(): Promise<void> {
    const database = await this.store.database;
    if (database === null) return;
    this.#library = null;
    await this.restore(await database.get('settings', KEY));
  }

  /** The decoders that the user chose so far are made of what is loaded now. */
  async update(): Promise<void> {
    const ids = [...new Set(this.store.preferred.values())].filter((id) => parseSchemaId(id) !== undefined);
    if (ids.length === 0 && this.#files.length === 0) return;
    const { defineSchemaDecoder, schemaDecoder } = await import('../core/schema/schema-decoder');
    const library = await this.#read();
    const definitions = ids.flatMap((id) => defineSchemaDecoder(id, library) ?? []);
    this.store.decoders.set('schemas', definitions.map(schemaDecoder));
  }

  /** Changes the files, on disk too. @throws {SchemaError} when they cannot be read together */
  async change(make: (files: readonly SchemaFile[]) => SchemaFile[]): Promise<void> {
    const { readSchemas } = await import('../core/schema/schema-files');
    const database = await this.store.database;
    // Another DevTools may have loaded some since.
    const files = make(database === null ? this.#files : parseFiles(await database.get('settings', KEY)));
    this.#library = Promise.resolve(readSchemas(files));
    this.#files = files;
    await database?.put('settings', files, KEY);
    await this.update();
  }

  async state(): Promise<SchemaState> {
    const { files } = await this.#read();
    const { decoders } = await this.store.decoders.load();
    const choices = [...this.store.preferred].map(([pattern, decoder]) => {
      const label = decoders.find(({ id }) => id === decoder)?.label ?? (decoder === '' ? 'Automatic' : null);
      return { pattern, decoder, label };
    });
    return { files, choices };
  }

  #read(): Promise<SchemaLibrary> {
    this.#library ??= import('../core/schema/schema-files').then(({ readSchemas }) => readSchemas(this.#files));
    return this.#library;
  }
}

function parseFiles(value: unknown): SchemaFile[] {
  const files: unknown[] = Array.isArray(value) ? value : [];
  return files.flatMap((file) => {
    if (!isRecord(file) || typeof file.name !== 'string' || !(file.bytes instanceof Uint8Array)) return [];
    return [{ name: file.name, bytes: file.bytes as Uint8Array<ArrayBuffer> }];
  });
}
