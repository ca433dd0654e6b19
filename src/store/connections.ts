import type { ConnectionNote } from '../core/batch/layout';
import { isRecord } from '../core/messages/rpc';
import type { Connection, Handshake, HeaderPair, Source } from '../core/model/connection';
import { FLAG, KIND } from '../core/model/frame';
import { NONE } from './columns';

/** A connection with what the log needs beside it. */
export interface Entry {
  connection: Connection;
  /** Its latest frame, or {@link NONE}. */
  last: number;
  /** Its first messages, by which a decoder is chosen. */
  samples: number[];
  /** Messages passed that were not recorded: which was the first will not be known. */
  missed: boolean;
}

/** First messages of a connection by which a decoder is chosen. */
export const SAMPLES = 8;
const decoder = new TextDecoder();

/** The connections of one log: made from notes, open, close and error frames; counts everything that passes. */
export class ConnectionTable {
  readonly #entries = new Map<number, Entry>();
  /** What gap rows that concern a document as a whole belong to: connection 0, which is not listed. */
  readonly nobody: Entry;
  /** Ids of those that changed since the panel, or the disk, was last told. */
  readonly changed = new Set<number>();
  readonly unsaved = new Set<number>();
  #lastId = 0;

  constructor() {
    this.nobody = this.create(0);
    this.#entries.clear();
    this.changed.clear();
    this.unsaved.clear();
    this.nobody.connection.id = this.#lastId = 0;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: number): Entry | undefined {
    return id === 0 ? this.nobody : this.#entries.get(id);
  }

  list(): Connection[] {
    return Array.from(this.#entries.values(), (entry) => entry.connection);
  }

  /** Takes over a connection as it is: from disk, from a file, or still open after a clear. */
  add(connection: Connection): Entry {
    const entry: Entry = { connection, last: NONE, samples: [], missed: false };
    this.#entries.set(connection.id, entry);
    this.#lastId = Math.max(this.#lastId, connection.id);
    this.touch(connection.id);
    return entry;
  }

  /** A connection of a document, with the next free id. */
  create(document: number, url = '', source: Source = 'page'): Entry {
    return this.add({
      id: this.#lastId + 1,
      document,
      url,
      protocols: [],
      protocol: '',
      extensions: '',
      state: 'connecting',
      source,
      readOnly: source === 'network',
      byUser: false,
      createdAt: 0,
      openedAt: null,
      firstFrameAt: null,
      closedAt: null,
      close: null,
      failure: null,
      sentFrames: 0,
      receivedFrames: 0,
      sentBytes: 0,
      receivedBytes: 0,
      initiator: null,
      handshake: null,
    });
  }

  /** A connection of which the disk has frames, but nothing else any more. */
  restore(id: number): Entry {
    const entry = this.create(0);
    this.#entries.delete(entry.connection.id);
    return this.add({ ...entry.connection, id, state: 'closed' });
  }

  /** Ids go on after `id`, so that no two connections of a session are taken for the same. */
  continueAfter(id: number): void {
    this.#lastId = Math.max(this.#lastId, id);
  }

  get lastId(): number {
    return this.#lastId;
  }

  touch(id: number): void {
    if (id === 0) return;
    this.changed.add(id);
    this.unsaved.add(id);
  }

  /** What the page script announced. A second note of the same connection brings it up to date. */
  note(entry: Entry, note: ConnectionNote): void {
    const { connection } = entry;
    connection.url = note.url;
    if (note.protocols.length > 0) connection.protocols = note.protocols;
    if (note.protocol !== '') connection.protocol = note.protocol;
    if (note.extensions !== '') connection.extensions = note.extensions;
    connection.state = (['connecting', 'open', 'closing', 'closed'] as const)[note.readyState];
    connection.createdAt = note.createdAt;
    connection.byUser = note.byUser;
    connection.initiator = note.stack;
    if (note.before !== null) {
      entry.missed ||= note.before.sentFrames + note.before.receivedFrames > 0;
      connection.sentFrames = Math.max(connection.sentFrames, note.before.sentFrames);
      connection.receivedFrames = Math.max(connection.receivedFrames, note.before.receivedFrames);
      connection.sentBytes = Math.max(connection.sentBytes, note.before.sentBytes);
      connection.receivedBytes = Math.max(connection.receivedBytes, note.before.receivedBytes);
    }
    this.touch(connection.id);
  }

  /** Counts one message, of `time` (ms since the epoch). Those of the page's ring were counted by the page (`before`). */
  count(entry: Entry, frame: number, time: number, flags: number, bytes: number): void {
    const { connection, samples } = entry;
    if (samples.length < SAMPLES && (flags & FLAG.dropped) === 0) samples.push(frame);
    if ((flags & (FLAG.ring | FLAG.failed)) !== 0) return;
    if (!entry.missed) connection.firstFrameAt ??= time;
    if ((flags & FLAG.sent) !== 0) {
      connection.sentFrames++;
      connection.sentBytes += bytes;
    } else {
      connection.receivedFrames++;
      connection.receivedBytes += bytes;
    }
  }

  /** What an event tells of its connection. `payload` is its JSON; what it lacks stays as it was. */
  event(entry: Entry, kind: number, time: number, payload: Uint8Array): void {
    const { connection } = entry;
    if (kind === KIND.open) {
      const details = parseJson(payload);
      if (connection.state === 'connecting') connection.state = 'open';
      connection.openedAt = time;
      connection.protocol = text(details.protocol) || connection.protocol;
      connection.extensions = text(details.extensions) || connection.extensions;
    } else if (kind === KIND.close) {
      const details = parseJson(payload);
      connection.state = 'closed';
      connection.closedAt = time;
      connection.close = {
        code: typeof details.code === 'number' ? details.code : 1005,
        reason: text(details.reason),
        wasClean: details.wasClean === true,
        by: text(details.by) || 'server',
      };
    } else if (kind === KIND.gap) {
      entry.missed = true;
    }
    this.touch(connection.id);
  }

  /** The document is gone, and with it every connection of it that was open. */
  endDocument(document: number, time: number): void {
    for (const { connection } of this.#entries.values()) {
      if (connection.document !== document || connection.state === 'closed') continue;
      connection.state = 'closed';
      connection.closedAt = time;
      this.touch(connection.id);
    }
  }

  /**
   * What the network log tells of a connection's handshake. The page is not asked which subprotocols it offered,
   * since reading its list may run its code: they are taken from the request (RFC 6455 §4.1).
   * @returns whether there is such a connection
   */
  handshake(id: number, handshake: Handshake, failure: string | null): boolean {
    const connection = this.#entries.get(id)?.connection;
    if (connection === undefined) return false;
    connection.handshake = handshake;
    connection.failure = failure;
    const offered = headerValue(handshake.requestHeaders, 'sec-websocket-protocol');
    if (offered !== '') connection.protocols = offered.split(/[ \t]*,[ \t]*/);
    this.touch(id);
    return true;
  }
}

function headerValue(headers: readonly HeaderPair[], name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

/**
 * @param payload JSON of an event frame
 * @returns its members, none if it is not an object
 */
export function parseJson(payload: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(decoder.decode(payload));
    return isRecord(value) ? value : {};
  } catch {
    // An event without details is still an event.
    return {};
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
