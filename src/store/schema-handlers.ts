import type { Handlers } from '../core/messages/rpc';
import type { SchemaCalls } from '../core/schema/schema-calls';
import { parseChoices } from './decoder-choices';
import { redecode } from './redecode';
import type { Store } from './store';

/** The panel's calls about schemas. */
export function schemaHandlers(store: Store): Handlers<SchemaCalls> {
  const { schemas } = store;
  return {
    async schemas() {
      await store.ready;
      await schemas.reload();
      return schemas.state();
    },

    async addSchemas({ files }) {
      await store.ready;
      await schemas.change((known) => [
        ...known.filter(({ name }) => !files.some((one) => one.name === name)),
        ...files,
      ]);
      redecode(store);
      return schemas.state();
    },

    async removeSchema({ name }) {
      await store.ready;
      await schemas.change((known) => known.filter((file) => file.name !== name));
      redecode(store);
      return schemas.state();
    },

    async setDecoderFor({ pattern, decoder }) {
      await store.ready;
      if (decoder === null) store.preferred.delete(pattern);
      else store.preferred.set(pattern, decoder);
      await saveChoices(store);
      redecode(store);
      return schemas.state();
    },
  };
}

/**
 * Keeps what was changed in the choices of decoders, and makes the decoders by schema that are among them. What another
 * DevTools chose meanwhile stays, and counts here from now on.
 */
export async function saveChoices(store: Store): Promise<void> {
  const { preferred, savedChoices } = store;
  const database = await store.database;
  const transaction = database?.transaction('settings', 'readwrite');
  const merged = parseChoices(await transaction?.store.get('decoders'));
  for (const pattern of new Set([...preferred.keys(), ...savedChoices.keys()])) {
    const decoder = preferred.get(pattern);
    if (decoder === savedChoices.get(pattern) && transaction) continue;
    if (decoder === undefined) merged.delete(pattern);
    else merged.set(pattern, decoder);
  }
  await transaction?.store.put(Object.fromEntries(merged), 'decoders');
  await transaction?.done;
  preferred.clear();
  for (const [pattern, decoder] of merged) preferred.set(pattern, decoder);
  store.savedChoices = merged;
  await store.schemas.update();
}
