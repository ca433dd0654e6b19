import type { Handlers } from '../core/messages/rpc';
import type { UserDecoderCalls } from '../core/messages/user-decoders';
import { redecode } from './redecode';
import { saveChoices } from './schema-handlers';
import type { Store } from './store';

/** The panel's calls about decoders of the user's. */
export function userDecoderHandlers(store: Store): Handlers<UserDecoderCalls> {
  const { userDecoders } = store;
  return {
    async userDecoders() {
      await store.ready;
      return userDecoders.state();
    },

    async saveUserDecoder({ decoder }) {
      await store.ready;
      const problem = await userDecoders.save(decoder);
      await announce(store);
      return problem;
    },

    async removeUserDecoder({ id }) {
      await store.ready;
      await userDecoders.remove(id);
      for (const [url, decoder] of store.preferred) if (decoder === id) store.preferred.delete(url);
      await saveChoices(store);
      await announce(store);
      return null;
    },
  };
}

async function announce(store: Store): Promise<void> {
  redecode(store);
  await store.userDecoders.tell();
}
