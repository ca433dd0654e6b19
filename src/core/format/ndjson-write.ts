import { ByteWriter } from './byte-writer';
import { writeFrameMembers } from './frame-record';
import type { SessionSource } from './types';

/** Value of `format` in the first line of our NDJSON files. */
export const NDJSON_FORMAT = 'framescope';
/** Raised when a reader of today could misread a file; members that may be ignored do not raise it. */
export const NDJSON_VERSION = 1;

/**
 * The session as NDJSON (docs/formats.md): a header line, a line for each document and connection, one for each
 * frame in the order of the log, and an end line. UTF-8, lines end with a line feed. Lossless.
 */
export async function* writeNdjson(source: SessionSource): AsyncGenerator<Uint8Array, void> {
  const out = new ByteWriter();
  const line = (value: unknown) => {
    out.json(value);
    out.ascii('\n');
  };
  line({
    type: 'header',
    format: NDJSON_FORMAT,
    version: NDJSON_VERSION,
    creator: `Framescope ${source.version}`,
    session: source.session,
  });
  for (const document of source.documents) line({ type: 'document', ...document });
  for (const connection of source.connections) {
    line({ type: 'connection', ...connection });
    if (out.full) yield out.take();
  }
  for await (const frame of source.frames()) {
    out.ascii('{"type":"frame",');
    yield* writeFrameMembers(out, frame, frame.connection);
    out.ascii('}\n');
    if (out.full) yield out.take();
  }
  line({ type: 'end' });
  yield out.take();
}
