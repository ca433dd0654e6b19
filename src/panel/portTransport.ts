import type { Transport } from '../core/messages/rpc';

/** A `MessagePort` as the transport of a client. */
export function portTransport(port: MessagePort): Transport & { close(): void } {
  return {
    send: (message, transfer = []) => port.postMessage(message, transfer),
    subscribe(listener) {
      port.onmessage = (event) => listener(event.data);
    },
    close: () => port.close(),
  };
}
