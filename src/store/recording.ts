import { BatchError, readBatch } from '../core/batch/read';
import type { Handlers } from '../core/messages/rpc';
import type { StoreCalls } from '../core/messages/store';
import { keepBudget } from './budget';
import { inWords } from './in-words';
import { LiveSession, type SessionStart } from './live-session';
import { removeSession } from './sessions';
import type { Store } from './store';
import { replaceViews } from './views';

type RecordingCalls = Pick<
  StoreCalls,
  | 'begin'
  | 'setPersist'
  | 'document'
  | 'documentGone'
  | 'batch'
  | 'flush'
  | 'handshake'
  | 'origin'
  | 'connectionAt'
  | 'clear'
>;

/** The recorder's calls. */
export function recordingHandlers(store: Store): Handlers<RecordingCalls> {
  return {
    async begin({ site, time, persist }) {
      const before = store.live;
      // Until here nothing waits: batches that come meanwhile belong to the new session.
      const live = startSession(store, { id: crypto.randomUUID(), site, time }, false);
      store.persist = persist;
      await startWriting(store);
      await endSession(store, before);
      return { session: live.id };
    },

    async setPersist({ persist }) {
      store.persist = persist;
      if (persist) await startWriting(store);
      else await store.live.stopWriting();
      await store.tellStorage();
      return null;
    },

    document({ key, document, source }) {
      store.documents.add(store.live.log, key, document, source);
      if (document.frameId === 0 && URL.canParse(document.url)) store.live.nameSite(new URL(document.url).host);
      return null;
    },

    documentGone({ key, time }) {
      const document = store.documents.remove(key);
      store.pace.forget(key);
      if (document === undefined) return null;
      const { log } = store.live;
      log.connections.endDocument(document.id, time);
      // What it did not send any more will never come.
      for (const frame of document.deferred.values()) log.lose(frame);
      document.deferred.clear();
      changed(store);
      return null;
    },

    async batch({ key, buffer }) {
      const { live } = store;
      const document = store.documents.get(live.log, key);
      try {
        live.log.append(document, readBatch(buffer));
      } catch (error) {
        if (!(error instanceof BatchError)) throw error;
        // The next batch's first frame tells how many are missing; a row will say so.
        store.emit('notice', { message: `A batch could not be read: ${error.message}`, level: 'warning' });
      }
      changed(store);
      await store.pace.turn(key);
      if (live.behind) await live.flush();
      return null;
    },

    async flush() {
      await store.live.flush();
      return null;
    },

    handshake({ connection, handshake, failure }) {
      if (store.live.log.connections.handshake(connection, handshake, failure)) {
        store.liveLog.rows.forget();
        changed(store);
      }
      return null;
    },

    origin({ connection }) {
      const live = store.live.log.connections.get(connection);
      return (live && store.documents.origin(live)) ?? null;
    },

    connectionAt: ({ key, id }) => store.documents.peek(key)?.connections.get(id)?.connection.id ?? null,

    async clear({ time, site }) {
      const before = store.live;
      const { id, name, pinned } = before;
      const kept = name === before.start.site ? {} : { name };
      const live = startSession(store, { id, site, time, pinned, ...kept }, true);
      await before.stopWriting();
      const database = await store.database;
      if (database !== null && id !== '') {
        before.log.gone = true;
        try {
          await removeSession(database, id);
        } catch (error) {
          store.lost(`What was on disk could not be cleared (${inWords(error)})`);
        }
      }
      if (store.live === live) await startWriting(store);
      return null;
    },
  };
}

/** Frames or connections of the live session changed: the disk, the views and the panel are told. */
export function changed(store: Store): void {
  const dropped = store.live.changed();
  if (dropped.length > 0) {
    store.liveLog.rows.forget();
    for (const view of store.viewsOf(store.live.log)) void view.retestAll(dropped);
    if (!store.memoryFull) {
      store.memoryFull = true;
      store.emit('notice', {
        message: 'Memory is full: the oldest payloads are dropped, their rows stay',
        level: 'warning',
      });
    }
  }
  for (const view of store.viewsOf(store.live.log)) view.wake();
  store.liveLog.insight.grown();
  store.tellCounts();
  store.tellConnections();
}

function startSession(store: Store, start: SessionStart, keepIds: boolean): LiveSession {
  const before = store.live;
  const live = new LiveSession(start, store.limits, store.reader);
  if (before.id !== start.id) store.locks.hold(start.id);
  if (keepIds) live.log.connections.continueAfter(before.log.connections.lastId);
  store.live = live;
  store.liveLog = store.open(live);
  store.memoryFull = false;
  store.documents.moveTo(live.log, keepIds);
  replaceViews(store, before.log, live.log);
  live.log.connections.changed.clear();
  store.emit('connections', { log: 'live', changed: live.log.connections.list(), cleared: true });
  store.tellCounts();
  return live;
}

async function endSession(store: Store, session: LiveSession): Promise<void> {
  if (session.id === '') return;
  session.state = 'ended';
  if (!session.empty) await session.flush();
  await session.stopWriting();
  store.locks.release(session.id);
  await keepBudget(store);
  await store.tellSessions();
}

/** The live session goes to disk, if the user wants that and there is one. */
export async function startWriting(store: Store): Promise<void> {
  const database = await store.database;
  const { live } = store;
  if (database === null || !store.persist || live.id === '' || live.onDisk) return;
  store.problem = null;
  live.write(database, (error) => store.lost(`Writing to disk failed (${inWords(error)})`));
}
