import type { Connection } from '../model/connection';
import { ByteWriter } from './byte-writer';
import { writeFrameMembers } from './frame-record';
import { harEntryHead, isoTime, pageId } from './har-entry';
import { isHarMessage, writeHarMessage } from './har-message';
import type { SessionSource } from './types';

/**
 * The session as HAR 1.2, an entry for each connection with `_webSocketMessages` as Chrome's Network tab writes them.
 * Frames that are no messages follow the message after which they happened, in its `_framescopeEvents`; those before
 * the first message are in the entry's, those of no connection in the log's. docs/formats.md
 */
export async function* writeHar(source: SessionSource): AsyncGenerator<Uint8Array, void> {
  const out = new ByteWriter();
  out.ascii('{"log":{"version":"1.2","creator":');
  out.json({ name: 'Framescope', version: source.version });
  out.ascii(',"_framescopeSession":');
  out.json(source.session);
  out.ascii(',"_framescopeDocuments":');
  out.json(source.documents);
  out.ascii(',"_framescopeEvents":[');
  let events = 0;
  // Gaps that concern no single connection.
  for await (const frame of source.frames(0)) {
    out.ascii(events++ > 0 ? ',{' : '{');
    yield* writeFrameMembers(out, frame, null);
    out.ascii('}');
    if (out.full) yield out.take();
  }
  out.ascii('],"pages":');
  out.json(
    source.documents.map(({ id, url }) => ({
      startedDateTime: isoTime(startOf(id, source)),
      id: pageId(id),
      title: url,
      pageTimings: { onContentLoad: -1, onLoad: -1 },
    })),
  );
  out.ascii(',"entries":[');
  let first = true;
  for (const connection of source.connections) {
    out.ascii(first ? '\n' : ',\n');
    first = false;
    yield* writeEntry(out, source, connection);
  }
  out.ascii('\n]}}\n');
  yield out.take();
}

/** HAR wants a time for each page: the earliest thing known of it. */
function startOf(document: number, source: SessionSource): number {
  const times = source.connections.filter((one) => one.document === document).map((one) => one.createdAt);
  return times.reduce((least, time) => Math.min(least, time), times[0] ?? source.session.startedAt);
}

/** Chrome tells a refused handshake as a message of type `error`. */
function failureMessage({ closedAt, createdAt }: Connection, data: string): object {
  return { type: 'error', time: (closedAt ?? createdAt) / 1000, opcode: -1, data };
}

async function* writeEntry(
  out: ByteWriter,
  source: SessionSource,
  connection: Connection,
): AsyncGenerator<Uint8Array, void> {
  out.ascii('{');
  out.members(harEntryHead(connection));
  let messages = 0;
  let events = 0;
  if (connection.failure !== null) {
    out.ascii(',"_webSocketMessages":[\n{');
    out.members(failureMessage(connection, connection.failure));
    messages++;
  }
  for await (const frame of source.frames(connection.id)) {
    if (isHarMessage(frame)) {
      if (messages === 0) out.ascii(`${events > 0 ? ']' : ''},"_webSocketMessages":[\n{`);
      else out.ascii(`${events > 0 ? ']' : ''}},\n{`);
      yield* writeHarMessage(out, frame);
      messages++;
      events = 0;
    } else {
      out.ascii(events > 0 ? ',{' : ',"_framescopeEvents":[{');
      yield* writeFrameMembers(out, frame, null);
      out.ascii('}');
      events++;
    }
    if (out.full) yield out.take();
  }
  if (events > 0) out.ascii(']');
  out.ascii(messages > 0 ? '}]}' : ',"_webSocketMessages":[]}');
  if (out.full) yield out.take();
}
