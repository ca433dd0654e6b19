import type { InsightCalls } from '../../core/insight/insight-calls';
import { FieldPair } from '../../core/insight/pairs/field-pair';
import { type Handlers, isRecord, RemoteError } from '../../core/messages/rpc';
import { type Store, withoutQuery } from '../store';
import { restartInsight } from './restart-insight';

/** The panel's calls about kinds and pairs. */
export function insightHandlers(store: Store): Handlers<InsightCalls> {
  return {
    watchInsight({ log: id, on }) {
      const { insight } = store.log(id);
      if (on) {
        store.watched = id;
        insight.wake();
      } else if (store.watched === id) store.watched = null;
      return { log: id, ...insight.progress() };
    },

    kinds: ({ log, connection }) => store.log(log).insight.kinds.rows(connection),
    pairs: ({ log, connection }) => store.log(log).insight.pairs.report(connection),
    pairField: ({ log, connection }) => store.pairFields.get(urlOf(store, log, connection)) ?? '',

    async setPairField({ log, connection, path }) {
      const url = urlOf(store, log, connection);
      if (path === '') store.pairFields.delete(url);
      else {
        checkPath(path);
        store.pairFields.set(url, path);
      }
      restartInsight(store);
      await saveField(store, url, path);
      return null;
    },
  };
}

/** What another DevTools has saved of other URLs stays. */
async function saveField(store: Store, url: string, path: string): Promise<void> {
  const transaction = (await store.database)?.transaction('settings', 'readwrite');
  const saved = await transaction?.store.get('pairFields');
  const fields = new Map(Object.entries(isRecord(saved) ? saved : {}));
  if (path === '') fields.delete(url);
  else fields.set(url, path);
  await transaction?.store.put(Object.fromEntries(fields), 'pairFields');
  await transaction?.done;
}

function urlOf(store: Store, log: string, connection: number): string {
  return withoutQuery(store.log(log).log.connections.get(connection)?.connection.url ?? '');
}

/** @throws {RemoteError} when it is no JSON path */
function checkPath(path: string): void {
  try {
    new FieldPair(path);
  } catch (error) {
    throw new RemoteError({ name: 'SyntaxError', message: error instanceof Error ? error.message : String(error) });
  }
}
