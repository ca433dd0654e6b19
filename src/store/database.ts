import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Connection, DocumentInfo } from '../core/model/connection';
import type { SessionInfo } from '../core/model/session';

export const DATABASE_NAME = 'framescope';
/** Raise it with every change of the schema, and add the step to `upgrade`. */
export const DATABASE_VERSION = 1;

/** A session as it lies on disk. `live` in it is worth nothing: the locks tell (sessions.ts). */
export interface SessionRecord extends SessionInfo {
  /** `live` until it ended in order; `importing` until the whole file was read. */
  state: 'live' | 'ended' | 'importing';
  dropped: number;
  /** Since when it is kept, ms since the epoch: the import of a file, else the beginning. Absent in earlier records. */
  keptSince?: number;
  /** ms since the epoch; `null` unless the user deleted it and may undo that. */
  deletedAt: number | null;
}

/** Keys of segments: session, number of the segment, piece. */
export type SegmentKey = [session: string, segment: number, piece: number];

export interface Schema extends DBSchema {
  sessions: { key: string; value: SessionRecord };
  documents: { key: [session: string, id: number]; value: DocumentInfo };
  connections: { key: [session: string, id: number]; value: Connection };
  marks: { key: [session: string, frame: number]; value: string };
  /** Columns and notes of segments (record.ts), apart from the payloads so that a session opens fast. */
  columns: { key: SegmentKey; value: ArrayBuffer };
  /** Payloads of the same segments and pieces. */
  payloads: { key: SegmentKey; value: Uint8Array<ArrayBuffer> };
  /** Parts of payloads above 1 MiB. */
  parts: { key: [session: string, frame: number, part: number]; value: Uint8Array<ArrayBuffer> };
  settings: { key: string; value: unknown };
}

/** Stores whose keys begin with the id of a session. */
export const SESSION_STORES = ['documents', 'connections', 'marks', 'columns', 'payloads', 'parts'] as const;

export type Database = IDBPDatabase<Schema>;

/**
 * Opens the database, making or migrating it.
 * @param onLost told, in words for the user, when the connection has ended and nothing can be written any more
 * @throws {DOMException} when IndexedDB refuses (private window, disk full, broken profile)
 */
export async function openDatabase(onLost: (reason: string) => void): Promise<Database> {
  const database = await openDB<Schema>(DATABASE_NAME, DATABASE_VERSION, {
    upgrade(db, oldVersion) {
      if (oldVersion < 1) {
        db.createObjectStore('sessions');
        db.createObjectStore('settings');
        for (const name of SESSION_STORES) db.createObjectStore(name);
      }
    },
    blocked() {
      onLost('Another DevTools window with an older Framescope keeps the database; close it to record to disk');
    },
    blocking(_current, _wanted, event) {
      // A newer version, or a deletion, waits for us: holding on would stop it for good.
      (event.target as IDBDatabase).close();
      onLost('The database was taken over or deleted by another window');
    },
    terminated() {
      onLost('The browser closed the database');
    },
  });
  return database;
}

/** All keys of a session, or of one number (segment, frame) within it. */
export function keysOf(session: string, number?: number): IDBKeyRange {
  return number === undefined
    ? IDBKeyRange.bound([session], [session, []])
    : IDBKeyRange.bound([session, number], [session, number, []]);
}

/** Removes what a session recorded; its own record stays. */
export async function deleteRecorded(database: Database, session: string): Promise<void> {
  const transaction = database.transaction(SESSION_STORES, 'readwrite');
  for (const name of SESSION_STORES) void transaction.objectStore(name).delete(keysOf(session));
  await transaction.done;
}
