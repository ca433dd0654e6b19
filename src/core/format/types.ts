import type { Connection, DocumentInfo } from '../model/connection';
import type { Frame } from '../model/frame';
import type { SessionInfo } from '../model/session';

/** What a writer reads: a session, or the part of one that the user chose. */
export interface SessionSource {
  session: SessionInfo;
  documents: DocumentInfo[];
  connections: Connection[];
  /** Frames in the order of the log, of all connections or of one. The payload is valid until the next step. */
  frames(connection?: number): AsyncIterable<Frame>;
  /** Version of Framescope, for the file's `creator`. */
  version: string;
}

/** Where a reader puts what it finds. Connections come before their frames. */
export interface SessionSink {
  session(info: Partial<SessionInfo>): void;
  document(info: DocumentInfo): void;
  connection(connection: Connection): void;
  /** The sink copies the payload. A promise is backpressure. */
  frame(frame: Frame): void | Promise<void>;
}

/** A file that cannot be read: what is wrong, and where. Nothing of it is kept. */
export class FormatError extends Error {
  override name = 'FormatError';
  /** @param where such as `line 12`, `log.entries[3]._webSocketMessages[0].time`, or `byte 512` */
  constructor(
    readonly what: string,
    readonly where: string,
  ) {
    super(where ? `${what} (${where})` : what);
  }
}

export interface FileFormat {
  /** Short and stable: `har`, `ndjson`. */
  id: string;
  /** The name of its menu item. */
  label: string;
  extension: string;
  mime: string;
  /** Whether a file that begins with these bytes (up to 4 KiB) may be of this format. */
  sniff(head: Uint8Array): boolean;
  /** Chunks of UTF-8, each at most some MiB and valid until the next step, so that memory stays flat. */
  write(source: SessionSource): AsyncIterable<Uint8Array>;
  /** @throws {FormatError} */
  read(chunks: AsyncIterable<Uint8Array>, sink: SessionSink): Promise<void>;
}
