import type { Panel } from './driver';
import { until } from './poll';

/**
 * How many records each store of the extension's databases has, by the store's name; empty ones are left out.
 * @param page one that sees the databases of the store: in a private window of Firefox the panel has others than the devtools page
 */
export function stored(page: Pick<Panel, 'evaluate'>): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const counts: Record<string, number> = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const count = await new Promise<number>((resolve) => {
          const request = database.transaction(store).objectStore(store).count();
          request.onsuccess = () => resolve(request.result);
        });
        if (count > 0) counts[store] = count;
      }
      database.close();
    }
    return counts;
  });
}

/** Waits until a store has at least so many records. */
export function whenStored(panel: Panel, store: string, least = 1): Promise<true> {
  return until(
    `${least} records of ${store} on disk`,
    async () => ((await stored(panel))[store] ?? 0) >= least || undefined,
  );
}

/** Waits until a session with so many frames, all of what was recorded, is on disk: DevTools may be closed then. */
export function whenSessionStored(panel: Panel, frames: number): Promise<true> {
  return until(`a session of ${frames} frames on disk`, async () => {
    const sizes = await panel.evaluate(async () => {
      const all: number[] = [];
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name ?? '');
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        if (database.objectStoreNames.contains('sessions')) {
          const request = database.transaction('sessions').objectStore('sessions').getAll();
          await new Promise((resolve) => request.addEventListener('success', resolve));
          for (const session of request.result) all.push(session.frames);
        }
        database.close();
      }
      return all;
    });
    return sizes.includes(frames) || undefined;
  });
}
