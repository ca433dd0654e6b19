/** A schema file that cannot be used: where, and what is wrong with it, in words for the user. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';

  /** @param line counted from 1; 0 where the file has no lines, or the whole of it is wrong */
  constructor(
    readonly file: string,
    readonly line: number,
    readonly what: string,
  ) {
    super(line > 0 ? `${file}, line ${line}: ${what}` : `${file}: ${what}`);
  }
}
