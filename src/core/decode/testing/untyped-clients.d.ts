// Clients that come without types: only what the recordings use of them.

declare module 'phoenix' {
  interface Push {
    receive(status: string, callback: (response: unknown) => void): Push;
  }
  interface Channel {
    join(): Push;
    leave(): Push;
    push(event: string, payload: object | ArrayBuffer): Push;
    on(event: string, callback: (payload: unknown) => void): number;
  }
  export class Socket {
    constructor(url: string, options: Record<string, unknown>);
    connect(): void;
    disconnect(callback?: () => void): void;
    channel(topic: string, params?: object): Channel;
  }
}

declare module '@rails/actioncable' {
  interface Subscription {
    perform(action: string, data: object): void;
    unsubscribe(): void;
  }
  interface Consumer {
    subscriptions: { create(channel: string | object, mixin: object): Subscription };
    disconnect(): void;
  }
  export const adapters: { WebSocket: unknown };
  export function createConsumer(url: string): Consumer;
}

declare module 'ddp.js' {
  import type { EventEmitter } from 'node:events';

  class DDP {
    static default?: typeof DDP;
    constructor(options: Record<string, unknown>);
    on(event: string, callback: (message: { id?: string; methods?: string[]; subs?: string[] }) => void): EventEmitter;
    method(name: string, params: unknown[]): string;
    sub(name: string, params: unknown[]): string;
    unsub(id: string): string;
    disconnect(): void;
  }
  export default DDP;
}

declare module '@xmpp/client' {
  interface Element {
    is(name: string): boolean;
    attrs: Record<string, string>;
  }
  interface Client {
    on(event: string, callback: (value: Element) => void): Client;
    start(): Promise<unknown>;
    stop(): Promise<unknown>;
    send(element: unknown): Promise<void>;
    iqCaller: { get(element: unknown): Promise<Element> };
  }
  export function client(options: Record<string, unknown>): Client;
  export function xml(name: string, attrs?: Record<string, string>, ...children: unknown[]): Element;
}
