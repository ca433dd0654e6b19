import { type Handlers, RemoteError } from '../core/messages/rpc';
import type { StoreCalls } from '../core/messages/store';
import type { SessionInfo } from '../core/model/session';
import { keepBudget } from './budget';
import { deleteSessions, purgeSessions } from './delete-sessions';
import { withCache } from './limits';
import { startWriting } from './recording';
import { endAbandoned } from './recovery';
import { reopenLog } from './reopen';
import { changeSession, listSessions, toInfo } from './sessions';
import type { Store } from './store';

type LibraryCalls = Pick<
  StoreCalls,
  | 'sessions'
  | 'openSession'
  | 'closeSession'
  | 'renameSession'
  | 'pinSession'
  | 'deleteSessions'
  | 'undeleteSessions'
  | 'purge'
  | 'storage'
  | 'setBudget'
>;

/** The panel's calls about earlier sessions. */
export function libraryHandlers(store: Store): Handlers<LibraryCalls> {
  const handlers: Handlers<LibraryCalls> = {
    async sessions() {
      await store.ready;
      return listSessions(store);
    },

    async openSession({ session }) {
      const own = session === store.live.id ? store.live : store.inMemory.get(session);
      if (own !== undefined && !store.deleted.has(session)) return toInfo(own.record());
      await store.ready;
      store.locks.show(session);
      try {
        return await openEarlier(store, session);
      } finally {
        if (!store.opened.has(session)) store.locks.hide(session);
      }
    },

    closeSession({ session }) {
      store.close(session);
      return null;
    },

    async renameSession({ session, name }) {
      await changeSession(store, session, { name });
      await store.tellSessions();
      return null;
    },

    async pinSession({ session, pinned }) {
      await changeSession(store, session, { pinned });
      await store.tellSessions();
      return null;
    },

    async deleteSessions({ sessions }) {
      await store.ready;
      await deleteSessions(store, sessions);
      await store.tellSessions();
      return null;
    },

    async undeleteSessions({ sessions }) {
      for (const id of sessions) {
        store.deleted.delete(id);
        await changeSession(store, id, { deletedAt: null });
      }
      await store.tellSessions();
      return null;
    },

    async purge({ sessions }) {
      await purgeSessions(store, sessions);
      // There is room again, perhaps.
      await startWriting(store);
      await store.tellStorage();
      return null;
    },

    storage: () => store.storage(),

    async setBudget(budget) {
      store.budget = budget;
      const database = await store.database;
      await database?.put('settings', budget, 'budget');
      await keepBudget(store);
      await store.tellSessions();
      return null;
    },
  };
  return handlers;
}

/**
 * Opens a session that lies on disk, unless it is open.
 * @throws {RemoteError} when it is not there
 */
async function openEarlier(store: Store, session: string): Promise<SessionInfo> {
  const database = await store.database;
  const found = await database?.get('sessions', session);
  const live = (await store.locks.live()).has(session);
  const record = database && found && !live ? await endAbandoned(store, database, found) : found;
  if (database === null || record === undefined || record.deletedAt !== null) {
    throw new RemoteError({ name: 'NotFoundError', message: 'This session is not there any more' });
  }
  if (!store.opened.has(session)) {
    const limits = withCache(store.limits, store.limits.openedCacheBytes);
    const { log, torn } = await reopenLog(database, record, limits, store.reader);
    store.opened.set(session, store.open({ log }));
    const message = `${torn} damaged records of this session were set aside; rows stand in for their frames`;
    if (torn > 0) store.emit('notice', { message, level: 'warning' });
  }
  return { ...toInfo(record), live, frames: store.log(session).log.frames };
}
