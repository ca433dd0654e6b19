import type { DocumentInfo, Source } from '../core/model/connection';
import type { Entry } from './connections';
import type { FrameLog } from './log';

/** A document that sends batches: its numbers of connections and frames, and what they are in the log. */
export interface LiveDocument {
  key: string;
  /** Id in the log. */
  id: number;
  info: Omit<DocumentInfo, 'id'>;
  /** Who sees its connections. */
  source: Source;
  connections: Map<number, Entry>;
  /** Number of the frame that should come next; `null` before the first batch. */
  nextFrame: number | null;
  /** Frames of the document whose payload is still to come, and their numbers in the log. */
  deferred: Map<number, number>;
}

/** Documents that are gone of which is remembered what their numbers mean. */
const MOST_PAST = 200;

/** The documents that are connected, by the key that the recorder gave them. */
export class LiveDocuments {
  readonly #documents = new Map<string, LiveDocument>();
  /** Those that are gone, oldest first: what they left may come later, and they may come back. */
  readonly #past = new Map<string, LiveDocument>();

  /** @returns the document of a key; batches of unknown keys get one of their own, lest they be lost */
  get(log: FrameLog, key: string): LiveDocument {
    return this.#documents.get(key) ?? this.add(log, key, { url: '', kind: 'unknown', frameId: -1, ancestors: [] });
  }

  /** @returns the document of a key, if there is one */
  peek(key: string): LiveDocument | undefined {
    return this.#documents.get(key);
  }

  /** @returns the document that a connection belongs to, and the connection's number there */
  origin(entry: Entry): { key: string; id: number } | undefined {
    for (const { key, connections } of this.#documents.values()) {
      for (const [id, own] of connections) if (own === entry) return { key, id };
    }
    return undefined;
  }

  /** Takes a document into the log. One that connects again under its key, also after it was gone, keeps its connections. */
  add(log: FrameLog, key: string, info: Omit<DocumentInfo, 'id'>, source: Source = 'page'): LiveDocument {
    const known = this.#documents.get(key) ?? this.#past.get(key);
    if (known !== undefined) {
      this.#past.delete(key);
      this.#documents.set(key, known);
      known.info = info;
      const index = log.documents.findIndex(({ id }) => id === known.id);
      log.documents[index] = { id: known.id, ...info };
      return known;
    }
    const id = (log.documents.at(-1)?.id ?? 0) + 1;
    log.documents.push({ id, ...info });
    const document = { key, id, info, source, connections: new Map(), nextFrame: null, deferred: new Map() };
    this.#documents.set(key, document);
    return document;
  }

  /** @returns the document that is gone, or `undefined` if it was not there */
  remove(key: string): LiveDocument | undefined {
    const document = this.#documents.get(key);
    if (document === undefined) return undefined;
    this.#documents.delete(key);
    this.#past.set(key, document);
    for (const oldest of this.#past.keys()) if (this.#past.size > MOST_PAST) this.#past.delete(oldest);
    return document;
  }

  /**
   * Moves all connected documents, and their connections that are not closed, into a fresh log.
   * @param keepIds connections keep their ids (after a clear); otherwise they are numbered anew
   */
  moveTo(log: FrameLog, keepIds: boolean): void {
    this.#past.clear();
    for (const document of this.#documents.values()) {
      document.id = (log.documents.at(-1)?.id ?? 0) + 1;
      log.documents.push({ id: document.id, ...document.info });
      document.deferred.clear();
      for (const [number, entry] of document.connections) {
        if (entry.connection.state === 'closed') {
          // What the page still sends of it, if anything, gets a new entry.
          document.connections.delete(number);
          continue;
        }
        const fresh = keepIds ? entry.connection.id : log.connections.lastId + 1;
        const counts = { sentFrames: 0, receivedFrames: 0, sentBytes: 0, receivedBytes: 0 };
        const moved = log.connections.add({ ...entry.connection, ...counts, id: fresh, document: document.id });
        moved.missed = entry.missed || entry.connection.sentFrames + entry.connection.receivedFrames > 0;
        document.connections.set(number, moved);
      }
    }
  }
}
