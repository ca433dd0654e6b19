import { type Database, keysOf, SESSION_STORES, type SessionRecord } from './database';
import { readRecord } from './record';
import { isNothing, removeSession } from './sessions';
import type { Store } from './store';

/** Deleted sessions can be taken back for this long, also by another DevTools, in ms. */
const UNDO_MS = 60_000;

/**
 * Puts in order what earlier stores left: sessions whose recorder was killed end where their last record ends, half
 * imported files, deleted sessions and those in which nothing was recorded go. What another DevTools is at work on is left alone.
 */
export async function recover(store: Store, database: Database): Promise<void> {
  const records = await database.getAll('sessions');
  const live = await store.locks.live();
  for (const record of records) {
    if (live.has(record.id)) continue;
    const deleted = record.deletedAt !== null && store.deps.now() - record.deletedAt > UNDO_MS;
    if (record.state === 'importing' || deleted || isNothing(record)) await removeSession(database, record.id);
    else if (record.state === 'live') await endKilled(store, database, record);
  }
  await removeOrphans(database);
}

async function endKilled(store: Store, database: Database, record: SessionRecord): Promise<void> {
  const torn = await tornRecords(database, record);
  await database.put('sessions', { ...record, state: 'ended', live: false }, record.id);
  if (torn === 0) return;
  const message = `The recording of ${record.site || 'a page'} was cut off: ${torn} of its records are damaged and were set aside, all others are there`;
  store.emit('notice', { message, level: 'warning' });
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
