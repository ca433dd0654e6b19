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
