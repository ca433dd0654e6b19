import { type Database, keysOf, SESSION_STORES, type SessionRecord } from './database';
import { readRecord } from './record';
import { isNothing, removeSession } from './sessions';
import type { Store } from './store';

/** Deleted sessions can be taken back for this long, also by another DevTools, in ms. */
const UNDO_MS = 60_000;

/**
 * Puts in order what earlier stores left: see {@link tidy}; what belongs to no session goes too. What another DevTools is at
 * work on is left alone.
 */
export async function recover(store: Store, database: Database): Promise<void> {
  await tidy(store, database);
  await removeOrphans(database);
}

/**
 * Puts in order the sessions that nobody records: those whose recorder was closed or killed end where their last record
 * ends, half imported files and those in which nothing was recorded go, and deleted ones that nobody shows any more.
 */
export async function tidy(store: Store, database: Database): Promise<void> {
  const records = await database.getAll('sessions');
  const live = await store.locks.live();
  const used = await store.locks.inUse();
  for (const record of records) {
    const { id, deletedAt } = record;
    if (live.has(id)) continue;
    const deleted = deletedAt !== null && store.deps.now() - deletedAt > UNDO_MS;
    const gone = deleted && !used.has(id) && !store.deleted.has(id);
    if (record.state === 'importing' || gone || isNothing(record)) await removeSession(database, id);
    else await endAbandoned(store, database, record);
  }
}

/**
 * Ends a session whose recorder was closed or killed.
 * @param record as it lies on disk, of a session that nobody records
 * @returns it as it is now; `undefined` where it is gone
 */
export async function endAbandoned(
  store: Store,
  database: Database,
  record: SessionRecord,
): Promise<SessionRecord | undefined> {
  if (record.state !== 'live') return record;
  const torn = await tornRecords(database, record);
  // Its recorder may have written once more since the record was read, before it let go of the session.
  const transaction = database.transaction('sessions', 'readwrite');
  const last = await transaction.store.get(record.id);
  const ended = last?.state === 'live' ? { ...last, state: 'ended' as const, live: false } : last;
  if (ended !== undefined && ended !== last) await transaction.store.put(ended, ended.id);
  await transaction.done;
  if (torn > 0) {
    const message = `The recording of ${record.site || 'a page'} was cut off: ${torn} of its records are damaged and were set aside, all others are there`;
    store.emit('notice', { message, level: 'warning' });
  }
  return ended;
}

/** Looks at the end of what a killed recorder wrote; what was written before it was whole then. */
async function tornRecords(database: Database, record: SessionRecord): Promise<number> {
  const keys = await database.getAllKeys('columns', keysOf(record.id));
  const payloads = new Set((await database.getAllKeys('payloads', keysOf(record.id))).map(String));
  let torn = keys.filter((key) => !payloads.has(String(key))).length;
  const last = keys.at(-1);
  if (last === undefined) return record.frames > 0 ? torn + 1 : torn;
  try {
    const { firstFrame, frames } = readRecord(await database.get('columns', last));
    if (firstFrame + frames < record.frames) torn++;
  } catch {
    // Opening the session sets it aside; here it is only counted.
    torn++;
  }
  return torn;
}

/** Removes what belongs to no session: its record was deleted, and then the browser was killed. */
async function removeOrphans(database: Database): Promise<void> {
  const transaction = database.transaction(['sessions', ...SESSION_STORES], 'readwrite');
  const known = new Set(await transaction.objectStore('sessions').getAllKeys());
  for (const name of SESSION_STORES) {
    const store = transaction.objectStore(name);
    let cursor = await store.openKeyCursor();
    while (cursor !== null) {
      const [session] = cursor.key;
      if (!known.has(session)) await store.delete(keysOf(session));
      // On to the next session, whatever lies between.
      cursor = await cursor.continue([session, []] as never);
    }
  }
  await transaction.done;
}
