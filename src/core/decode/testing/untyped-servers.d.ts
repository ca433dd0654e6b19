// Older majors, by their aliases in package.json, and servers without types: only what the recordings use of them.

declare module 'socket.io-v2' {
  import type { Server as HttpServer } from 'node:http';

  interface Socket {
    on(event: string, callback: (...args: never[]) => void): Socket;
    emit(event: string, ...args: unknown[]): Socket;
  }
  interface Server {
    on(event: 'connection', callback: (socket: Socket) => void): Server;
    of(namespace: string): Server;
    close(): void;
  }
  export default function attach(server: HttpServer, options: Record<string, unknown>): Server;
}

declare module 'socket.io-client-v2' {
  interface Socket {
    on(event: string, callback: (...args: never[]) => void): Socket;
    emit(event: string, ...args: unknown[]): Socket;
    close(): void;
  }
  export default function connect(url: string, options: Record<string, unknown>): Socket;
}

declare module 'socket.io-v3' {
  export { Server } from 'socket.io';
}

declare module 'socket.io-client-v3' {
  export { io } from 'socket.io-client';
}

declare module 'socket.io-msgpack-parser';

declare module 'stomp-broker-js' {
  import type { Server as HttpServer } from 'node:http';
  export default class StompServer {
    constructor(options: { server: HttpServer; path: string; heartbeat?: [number, number] });
    on(event: 'subscribe', callback: (subscription: unknown) => void): void;
  }
}

declare module 'sockjs' {
  import type { Server as HttpServer } from 'node:http';

  interface Connection {
    on(event: 'data', callback: (message: string) => void): void;
    write(message: string): void;
    close(code?: number, reason?: string): void;
  }
  interface Server {
    on(event: 'connection', callback: (connection: Connection) => void): void;
    installHandlers(http: HttpServer): void;
  }
  const sockjs: { createServer(options: Record<string, unknown>): Server };
  export default sockjs;
}

declare module 'sockjs-client' {
  export default class SockJS {
    constructor(url: string, protocols?: null, options?: Record<string, unknown>);
    onopen: () => void;
    onmessage: (event: { data: string }) => void;
    onclose: (event: { code: number }) => void;
    send(message: string): void;
    close(): void;
  }
}

// Its package.json hides its types from resolution by exports.
declare module 'rpc-websockets' {
  import type { ServerOptions, WebSocketServer } from 'ws';
  export class Server {
    constructor(options: ServerOptions);
    readonly wss: WebSocketServer;
    on(event: 'listening', callback: () => void): void;
    register(name: string, method: (params: unknown) => unknown, namespace?: string): void;
    event(name: string, namespace?: string): void;
    of(namespace: string): { emit(name: string, ...params: unknown[]): void };
    emit(name: string, ...params: unknown[]): void;
    close(): Promise<void>;
  }
  export class Client {
    constructor(url: string, options: { reconnect: boolean });
    on(event: string, callback: (value?: unknown) => void): void;
    call(method: string, params: unknown): Promise<unknown>;
    notify(method: string, params: unknown): Promise<void>;
    subscribe(event: string): Promise<unknown>;
    close(): void;
  }
}
