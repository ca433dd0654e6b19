import type { SchemaInfo } from './schema-files';

/** Schemas that the user loaded, and what is decoded by which decoder. */
export interface SchemaState {
  files: SchemaInfo[];
  /** The user's choices of decoders, also those that are no schemas; `label` is `null` where there is no such decoder. */
  choices: { pattern: string; decoder: string; label: string | null }[];
}

export type SchemaCalls = {
  schemas: { params: null; result: SchemaState };
  /** Files of the same name are replaced. Rejected with `SchemaError`, which says file, line and what; then nothing has changed. */
  addSchemas: { params: { files: { name: string; bytes: Uint8Array<ArrayBuffer> }[] }; result: SchemaState };
  /** Rejected with `SchemaError` where others need it. */
  removeSchema: { params: { name: string }; result: SchemaState };
  /** The decoder of URLs (without query) that fit a pattern, in which `*` is anything; `null` for automatic. */
  setDecoderFor: { params: { pattern: string; decoder: string | null }; result: SchemaState };
};
