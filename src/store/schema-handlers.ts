import type { Handlers } from '../core/messages/rpc';
import type { SchemaCalls } from '../core/schema/schema-calls';
import { redecode } from './redecode';
import type { Store } from './store';

/** The panel's calls about schemas. */
export function schemaHandlers(store: Store): Handlers<SchemaCalls> {
  const { schemas } = store;
  return {
    async schemas() {
      await store.ready;
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

/** Keeps the choices of decoders, and makes the decoders by schema that are among them. */
export async function saveChoices(store: Store): Promise<void> {
  await store.schemas.update();
  const database = await store.database;
  await database?.put('settings', Object.fromEntries(store.preferred), 'decoders');
}
