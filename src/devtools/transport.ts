import type { Transport } from '../core/messages/rpc';

/** A worker or a message port as a transport. */
export function messageTransport(end: Worker | MessagePort): Transport {
  return {
    send: (message, transfer = []) => end.postMessage(message, transfer),
    subscribe: (listener) => {
      end.addEventListener('message', (event) => listener((event as MessageEvent<unknown>).data));
      if (end instanceof MessagePort) end.start();
    },
  };
}
