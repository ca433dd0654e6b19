import { type ReadonlySignal, signal } from '@preact/signals';
import type { RecorderCalls, RecorderEvents } from '../../core/messages/recorder';
import { type Calls, type Client, createClient, type Events, type Transport } from '../../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../../core/messages/store';

type ClosableTransport = Transport & { close?(): void };

/** The way to the store and to the recorder. It outlives the ports: they may be renewed at any time. */
export interface Link {
  /** False until the first ports came. */
  connected: ReadonlySignal<boolean>;
  store: Client<StoreCalls, StoreEvents>;
  recorder: Client<RecorderCalls, RecorderEvents>;
  connect(store: ClosableTransport, recorder: ClosableTransport): void;
  /** Called after each (re)connection; views opened before are unknown to the other side then. */
  onConnect(listener: () => void): void;
}

/** A call that can never be answered, because its port is gone. */
export class LinkError extends Error {
  override name = 'LinkError';
}

export function createLink(): Link {
  const connected = signal(false);
  const listeners: (() => void)[] = [];
  const store = renewableClient<StoreCalls, StoreEvents>();
  const recorder = renewableClient<RecorderCalls, RecorderEvents>();
  return {
    connected,
    store: store.client,
    recorder: recorder.client,
    connect(storeTransport, recorderTransport) {
      store.renew(storeTransport);
      recorder.renew(recorderTransport);
      connected.value = true;
      for (const listener of listeners) listener();
    },
    onConnect(listener) {
      listeners.push(listener);
      if (connected.peek()) listener();
    },
  };
}

function renewableClient<C extends Calls, E extends Events>() {
  let current: Client<C, E> | null = null;
  let closeCurrent: (() => void) | undefined;
  const waiting = new Set<(error: Error) => void>();
  const subscriptions = new Set<(client: Client<C, E>) => void>();
  const client: Client<C, E> = {
    call(method, params, transfer) {
      const target = current;
      if (!target) return Promise.reject(new LinkError('Not connected yet'));
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        target
          .call(method, params, transfer)
          .then(resolve, reject)
          .finally(() => waiting.delete(reject));
      });
    },
    on(event, listener) {
      let end: (() => void) | undefined;
      const subscribe = (target: Client<C, E>): void => {
        end = target.on(event, listener);
      };
      subscriptions.add(subscribe);
      if (current) subscribe(current);
      return () => {
        subscriptions.delete(subscribe);
        end?.();
      };
    },
  };
  return {
    client,
    renew(transport: ClosableTransport) {
      closeCurrent?.();
      closeCurrent = transport.close?.bind(transport);
      for (const reject of waiting) reject(new LinkError('The connection was renewed'));
      waiting.clear();
      current = createClient<C, E>(transport);
      for (const subscribe of subscriptions) subscribe(current);
    },
  };
}
