import { RemoteError } from '../core/messages/rpc';
import type { SessionInfo } from '../core/model/session';
import { type Database, deleteRecorded, type SessionRecord } from './database';
import type { Store } from './store';

/** All sessions that are not deleted, the latest first: those on disk, the live one, and those only memory has. */
export async function listSessions(store: Store): Promise<SessionInfo[]> {
  const database = await store.database;
  // A database that is gone has no sessions; the storage state tells of it.
  const records = (await database?.getAll('sessions').catch(() => [])) ?? [];
  const own = records.find(({ id }) => id === store.live.id);
  if (own !== undefined) store.live.adopt(own);
  const live = await store.locks.live();
  const known = new Map<string, SessionInfo>();
  for (const record of records) {
    if (record.deletedAt !== null || record.state === 'importing' || isNothing(record)) continue;
    known.set(record.id, { ...toInfo(record), live: live.has(record.id) });
  }
  for (const session of [store.live, ...store.inMemory.values()]) {
    // What memory knows is newer than the disk.
    if (session.id !== '' && !session.empty && !store.deleted.has(session.id))
      known.set(session.id, toInfo(session.record()));
  }
  return [...known.values()].sort((a, b) => b.startedAt - a.startedAt);
}

/** Whether nothing was recorded: earlier versions wrote such records. A file without frames is there, since the user chose it. */
export function isNothing({ frames, connections, importedFrom }: SessionRecord): boolean {
  return frames === 0 && connections === 0 && importedFrom === null;
}

/** @returns what the panel is told of a session */
export function toInfo(record: SessionRecord): SessionInfo {
  const { state: _state, dropped: _dropped, deletedAt: _deletedAt, keptSince: _keptSince, ...info } = record;
  return info;
}

/**
 * Changes a session's own record.
 * @throws {RemoteError} when there is no such session
 */
export async function changeSession(
  store: Store,
  id: string,
  change: Partial<Pick<SessionRecord, 'name' | 'pinned' | 'deletedAt'>>,
): Promise<void> {
  const known = id === store.live.id ? store.live : store.inMemory.get(id);
  if (known !== undefined) {
    known.name = change.name ?? known.name;
    known.pinned = change.pinned ?? known.pinned;
    known.changed();
  }
  const database = await store.database;
  const transaction = database?.transaction('sessions', 'readwrite');
  // Where a request of it fails, that one tells.
  transaction?.done.catch(() => undefined);
  const record = await transaction?.store.get(id);
  if (record !== undefined) await transaction?.store.put({ ...record, ...change }, id);
  await transaction?.done;
  if (record === undefined && known === undefined) {
    throw new RemoteError({ name: 'NotFoundError', message: 'There is no such session' });
  }
}

/** Removes a session from disk. */
export async function removeSession(database: Database, id: string): Promise<void> {
  // The record first: what is left without one is removed at the next start.
  await database.delete('sessions', id);
  await deleteRecorded(database, id);
}
