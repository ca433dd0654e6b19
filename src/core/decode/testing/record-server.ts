import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Direction } from '../../model/frame';

/** A message as it crossed the wire; directions as the client sees them. */
export interface RecordedMessage {
  direction: Direction;
  text: boolean;
  payload: Uint8Array;
}

/** What one connection said, between a real client and a server. */
export interface Recording {
  /** Id of the decoder that reads it. */
  decoder: string;
  /** Which programs spoke, for the table in `docs/decoders.md`: `mqtt 5.16.0 with aedes 1.2.0`. */
  between: string;
  url: string;
  protocol: string;
  messages: RecordedMessage[];
}

/** A WebSocket server on loopback that records every message of every connection. */
export interface RecordServer {
  /** `ws://127.0.0.1:port`. */
  url: string;
  /** One for each connection, in the order of opening. */
  connections: { url: string; protocol: string; messages: RecordedMessage[] }[];
  close(): Promise<void>;
}

/**
 * Starts a server; `serve` answers each connection. Messages are recorded at the socket, before `serve` sees them.
 */
export async function recordServer(
  serve: (socket: WebSocket, request: IncomingMessage) => void,
  options: ServerOptions = {},
): Promise<RecordServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connections: RecordServer['connections'] = [];
  server.on('connection', (socket, request) => {
    const messages: RecordedMessage[] = [];
    connections.push({ url: `${url}${request.url ?? '/'}`, protocol: socket.protocol, messages });
    socket.on('message', (data, binary) => messages.push({ direction: 'sent', text: !binary, payload: bytesOf(data) }));
    const send = socket.send.bind(socket) as (...args: unknown[]) => void;
    socket.send = (...args: unknown[]) => {
      const options = args[1];
      const binary =
        typeof options === 'object' && options !== null && 'binary' in options ? options.binary : undefined;
      messages.push({
        direction: 'received',
        text: typeof args[0] === 'string' && binary !== true,
        payload: bytesOf(args[0]),
      });
      send(...args);
    };
    serve(socket, request);
  });
  return {
    url,
    connections,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}

/** A copy of what `ws` takes or gives as bytes; text as UTF-8. */
export function bytesOf(data: unknown): Uint8Array {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data as Uint8Array[]));
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  throw new TypeError('neither text nor bytes');
}

/** How long a recording waits for anything, in ms: one that hangs must say so. */
const PATIENCE = 15_000;

/** The value that `start` hands to its callback; for clients that speak in events. Fails when it never comes. */
export function once<T>(start: (done: (value: T) => void, fail: (error: Error) => void) => void): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error('waited in vain for an event of the client')), PATIENCE);
    const settled =
      <V>(settle: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        settle(value);
      };
    start(settled(done), settled(fail));
  });
}

/** Waits until a message that holds `text` has crossed, for what clients send without an answer. */
export function said(messages: RecordedMessage[], direction: Direction, text: string): Promise<void> {
  const holds = (message: RecordedMessage) =>
    message.direction === direction && Buffer.from(message.payload).includes(text);
  return until(() => messages.some(holds), `${direction} ${text}`);
}

/** Waits until `state` holds; throws an `Error` that names `what` when that takes too long. */
export async function until(state: () => boolean, what: string): Promise<void> {
  const limit = performance.now() + PATIENCE;
  while (!state()) {
    if (performance.now() > limit) throw new Error(`waited in vain for: ${what}`);
    await new Promise(setImmediate);
  }
}
