import { RemoteError } from '../core/messages/rpc';
import { changeSession, removeSession } from './sessions';
import type { Store } from './store';

/**
 * Marks sessions as deleted: until they are purged they can be taken back. Where the disk is so full that not even that can
 * be written, they are removed for good, for room.
 * @throws {RemoteError} when one of them is being recorded, or is not there; {DOMException} when the disk refuses all of it
 */
export async function deleteSessions(store: Store, sessions: string[]): Promise<void> {
  const live = await store.locks.live();
  for (const id of sessions) {
    if (live.has(id) || id === store.live.id) {
      throw new RemoteError({ name: 'InvalidStateError', message: 'A session that is being recorded stays' });
    }
  }
  let removed = 0;
  for (const id of sessions) {
    store.deleted.add(id);
    try {
      await changeSession(store, id, { deletedAt: store.deps.now() });
    } catch (error) {
      // Other errors are those of the disk.
      if (error instanceof RemoteError || !(await remove(store, id))) {
        store.deleted.delete(id);
        throw error;
      }
      removed++;
    }
  }
  if (removed === 0) return;
  const message = 'The disk is full: what was deleted is removed for good, and cannot be taken back';
  store.emit('notice', { message, level: 'warning' });
}

/** Removes sessions that were deleted here and not taken back. One that another DevTools shows goes when that lets go of it. */
export async function purgeSessions(store: Store, sessions: string[]): Promise<void> {
  let kept = false;
  for (const id of sessions) {
    if (!store.deleted.has(id)) continue;
    if (!(await remove(store, id))) kept = true;
    store.deleted.delete(id);
  }
  if (!kept) return;
  const message =
    'A deleted session is open in another DevTools: what it recorded goes some time after it is closed there';
  store.emit('notice', { message, level: 'info' });
}

/** @returns whether it is gone: it stays while another DevTools shows it */
async function remove(store: Store, id: string): Promise<boolean> {
  const database = await store.database;
  const free = !(await store.locks.shownElsewhere()).has(id);
  store.inMemory.delete(id);
  const open = store.opened.get(id);
  if (open) open.log.gone = true;
  store.close(id);
  if (database !== null && free) await removeSession(database, id);
  return free;
}
