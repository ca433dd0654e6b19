import { fastFrameLine } from './fast-frames';
import { readFrameRecord } from './frame-record';
import { parseJson } from './json-cursor';
import { linesOf } from './lines';
import { checked, connectionSchema, documentSchema, sessionSchema } from './model-schema';
import { NDJSON_FORMAT, NDJSON_VERSION } from './ndjson-write';
import { isCount } from './numbers';
import { FormatError, type SessionSink } from './types';

/**
 * Reads NDJSON as `writeNdjson` writes it (docs/formats.md): strict in what it knows, deaf to unknown members.
 * @throws {FormatError} naming the line
 */
export async function readNdjson(chunks: AsyncIterable<Uint8Array>, sink: SessionSink): Promise<void> {
  const reader = new NdjsonReader(sink);
  for await (const lines of linesOf(chunks)) {
    for (const line of lines) {
      const waiting = reader.line(line);
      if (waiting) await waiting;
    }
  }
  reader.finish();
}

class NdjsonReader {
  #number = 0;
  #state: 'header' | 'body' | 'ended' = 'header';
  readonly #connections = new Set<number>();

  constructor(private readonly sink: SessionSink) {}

  line(bytes: Uint8Array): void | Promise<void> {
    this.#number++;
    const number = this.#number;
    if (isBlank(bytes)) return;
    const fast = this.#state === 'body' ? fastFrameLine(bytes) : null;
    if (fast && this.#connections.has(fast.connection)) return this.sink.frame(fast);
    const where = () => `line ${number}`;
    const value = parseJson(number === 1 ? withoutByteOrderMark(bytes) : bytes, where);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new FormatError('Every line must be an object', where());
    }
    const record = value as Record<string, unknown>;
    if (this.#state === 'header') return this.#header(record, where());
    if (this.#state === 'ended') throw new FormatError('Something follows the end line', where());
    switch (record.type) {
      case 'frame': {
        const frame = readFrameRecord(record, null, (member) => `line ${number}${member && `, ${member}`}`);
        // A gap may concern no connection in particular.
        if (!this.#connections.has(frame.connection) && !(frame.connection === 0 && frame.kind === 'gap')) {
          throw new FormatError(`No line before describes connection ${frame.connection}`, where());
        }
        return this.sink.frame(frame);
      }
      case 'connection': {
        const connection = checked(connectionSchema, record, where());
        if (this.#connections.has(connection.id)) {
          throw new FormatError(`Connection ${connection.id} is described twice`, where());
        }
        this.#connections.add(connection.id);
        return this.sink.connection(connection);
      }
      case 'document':
        return this.sink.document(checked(documentSchema, record, where()));
      case 'end':
        this.#state = 'ended';
        return;
      default:
        throw new FormatError('`type` must be frame, connection, document or end', where());
    }
  }

  finish(): void {
    if (this.#number === 0) throw new FormatError('The file is empty', '');
    if (this.#state === 'header') throw new FormatError('The file holds nothing but empty lines', '');
    if (this.#state !== 'ended') {
      throw new FormatError('The file ends early: its end line is missing', `after line ${this.#number}`);
    }
  }

  #header(record: Record<string, unknown>, where: string): void {
    if (record.type !== 'header' || record.format !== NDJSON_FORMAT) {
      throw new FormatError('This is not a Framescope NDJSON file: its header line is missing', where);
    }
    if (!isCount(record.version)) throw new FormatError('`version` must be a whole number', where);
    if (record.version > NDJSON_VERSION || record.version < 1) {
      throw new FormatError(
        `The file has version ${record.version} of the format; this Framescope reads version ${NDJSON_VERSION}`,
        where,
      );
    }
    this.sink.session(checked(sessionSchema, record.session ?? {}, where));
    this.#state = 'body';
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.length < 2 && (bytes.length === 0 || bytes[0] === 0x0d);
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
