import fc from 'fast-check';
import type { Connection, DocumentInfo } from '../../model/connection';
import { FLAG, type Frame } from '../../model/frame';
import type { SessionInfo } from '../../model/session';
import type { FileFormat, SessionSource } from '../types';

/** All that a file holds, at hand. */
export interface WholeSession {
  session: SessionInfo;
  documents: DocumentInfo[];
  connections: Connection[];
  frames: Frame[];
}

const EPOCH = 1_795_000_000_000;

function sourceOf(whole: WholeSession): SessionSource {
  return {
    ...whole,
    version: '0.1.0',
    async *frames(connection) {
      for (const frame of whole.frames) if (connection === undefined || frame.connection === connection) yield frame;
    },
  };
}

/** Everything a reader gives; payloads are copied, as the contract of sinks says. */
export async function readAll(format: FileFormat, chunks: AsyncIterable<Uint8Array>) {
  const got = {
    session: null as Partial<SessionInfo> | null,
    documents: [] as DocumentInfo[],
    connections: [] as Connection[],
    frames: [] as Frame[],
  };
  await format.read(chunks, {
    session: (info) => {
      got.session = info;
    },
    document: (info) => {
      got.documents.push(info);
    },
    connection: (info) => {
      got.connections.push(info);
    },
    frame: (frame) => {
      got.frames.push({ ...frame, payload: frame.payload.slice() });
    },
  });
  return got;
}

export async function writeAll(format: FileFormat, whole: WholeSession): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of format.write(sourceOf(whole))) parts.push(part.slice());
  return Uint8Array.from(Buffer.concat(parts));
}

/** The bytes in pieces of the given sizes, again and again. */
export async function* inPieces(bytes: Uint8Array, sizes: number[] = [1 << 16]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length];
    yield bytes.slice(at, at + size);
    at += size;
  }
}

export function textOf(text: string): AsyncGenerator<Uint8Array> {
  return inPieces(new TextEncoder().encode(text));
}

/** A time with fractions of a millisecond, as `performance.timeOrigin + performance.now()` gives them. */
const moment = fc.double({ min: 0, max: 1e10, noNaN: true }).map((ms) => EPOCH + ms);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('"\\\n\u0000\u2028😀}{]['));
const header = fc.record({ name: text, value: text });
const count = fc.nat({ max: 1e9 });

const payload = fc.oneof(
  { weight: 4, arbitrary: text.map((value) => new TextEncoder().encode(value.toWellFormed())) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 60 }) },
);

const documentOf = (id: number): fc.Arbitrary<DocumentInfo> =>
  fc.record({
    id: fc.constant(id),
    url: fc.webUrl(),
    kind: fc.constantFrom('document', 'frame', 'worker', 'shared worker', 'service worker', 'unknown'),
    frameId: fc.integer({ min: -1, max: 1e9 }),
    ancestors: fc.array(fc.webUrl(), { maxLength: 2 }),
  });

const connectionOf = (id: number, documents: number): fc.Arbitrary<Connection> =>
  fc.record({
    id: fc.constant(id),
    document: fc.nat({ max: documents - 1 }),
    url: fc.webUrl({ withQueryParameters: true, validSchemes: ['ws', 'wss'] }),
    protocols: fc.array(text, { maxLength: 2 }),
    protocol: text,
    extensions: text,
    state: fc.constantFrom('connecting', 'open', 'closing', 'closed'),
    source: fc.constantFrom('page', 'network'),
    readOnly: fc.boolean(),
    byUser: fc.boolean(),
    createdAt: moment,
    openedAt: fc.option(moment),
    firstFrameAt: fc.option(moment),
    closedAt: fc.option(moment),
    close: fc.option(
      fc.record({
        code: fc.nat({ max: 4999 }),
        reason: text,
        wasClean: fc.boolean(),
        by: fc.constantFrom('page', 'server'),
      }),
    ),
    failure: fc.option(text),
    sentFrames: count,
    receivedFrames: count,
    sentBytes: count,
    receivedBytes: count,
    initiator: fc.option(
      fc.constantFrom('at f (https://a.test/x.js:3:4)\nat https://a.test/y.js:1:2', 'f@https://a.test/x.js:3:4'),
    ),
    handshake: fc.option(
      fc.record({
        status: fc.constantFrom(101, 403),
        statusText: text,
        requestHeaders: fc.array(header, { maxLength: 2 }),
        responseHeaders: fc.array(header, { maxLength: 2 }),
        startedAt: moment,
        timings: fc.record({
          blocked: fc.constantFrom(-1, 0.5),
          dns: fc.constantFrom(-1, 0.5),
          connect: fc.constantFrom(-1, 0.5),
          ssl: fc.constantFrom(-1, 0.5),
          send: fc.constantFrom(0, 0.5),
          wait: fc.constantFrom(0, 0.5),
          receive: fc.constantFrom(0, 0.5),
        }),
      }),
    ),
  });

const frameOf = (connections: number): fc.Arbitrary<Frame> =>
  fc
    .record({
      time: fc.oneof(moment, fc.double({ noNaN: true, noDefaultInfinity: true })).map((time) => time + 0),
      connection: fc.integer({ min: 1, max: connections }),
      kind: fc.constantFrom('text', 'binary', 'open', 'close', 'error', 'gap'),
      sent: fc.boolean(),
      flags: fc.constantFrom(0, 0, 0, FLAG.byUser, FLAG.failed, FLAG.ring, FLAG.deferred | FLAG.byUser),
      dropped: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      told: fc.option(fc.nat(), { freq: 3, nil: undefined }),
      stack: fc.option(text, { freq: 3, nil: undefined }),
      mark: fc.option(text, { freq: 3, nil: undefined }),
      payload,
    })
    .map(({ sent, dropped, flags, payload: bytes, told, stack, mark, ...rest }): Frame => {
      const bits = flags | (sent ? FLAG.sent : 0) | (dropped ? FLAG.dropped : 0);
      const kept = dropped ? new Uint8Array(0) : bytes;
      const extras = {
        ...(told !== undefined && { buffered: told }),
        ...(stack !== undefined && { stack }),
        ...(mark !== undefined && { mark }),
      };
      // A gap may concern no connection in particular.
      const connection = rest.kind === 'gap' && sent ? 0 : rest.connection;
      const direction = sent ? 'sent' : 'received';
      return { ...rest, connection, direction, flags: bits, length: bytes.length, payload: kept, ...extras };
    });

/** Sessions of all sorts, also unlikely ones: failed sends, frames without payload, text that is not UTF-8. */
export const anySession: fc.Arbitrary<WholeSession> = fc
  .record({ documents: fc.integer({ min: 1, max: 3 }), connections: fc.integer({ min: 1, max: 4 }) })
  .chain(({ documents, connections }) =>
    fc.record({
      session: fc.record({
        id: text,
        name: text,
        site: text,
        startedAt: moment,
        endedAt: moment,
        connections: count,
        frames: count,
        bytes: count,
        importedFrom: fc.option(text),
        live: fc.boolean(),
        pinned: fc.boolean(),
      }),
      documents: fc.tuple(...Array.from({ length: documents }, (_, id) => documentOf(id))),
      connections: fc.tuple(...Array.from({ length: connections }, (_, i) => connectionOf(i + 1, documents))),
      frames: fc.array(frameOf(connections), { maxLength: 30 }),
    }),
  );

/** Sizes of pieces in which a file may arrive; small ones cut characters and numbers in two. */
export const anySizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5000 })), {
  minLength: 1,
  maxLength: 20,
});
