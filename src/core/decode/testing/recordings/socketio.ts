import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as Server4 } from 'socket.io';
import { io as client4 } from 'socket.io-client';
import client2 from 'socket.io-client-v2';
import { io as client3 } from 'socket.io-client-v3';
import msgpackParser from 'socket.io-msgpack-parser';
import attach2 from 'socket.io-v2';
import { Server as Server3 } from 'socket.io-v3';
import { answered } from '../engineio-heartbeat';
import { recordProxy } from '../record-proxy';
import { once, type Recording } from '../record-server';

/** What server and client of every version have in common, as far as it is used here. */
interface Speaker {
  on(event: string, callback: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
}
interface Rooms {
  of(namespace: string): { on(event: 'connection', callback: (socket: Speaker) => void): unknown };
}
type Connect = (url: string) => Speaker & { close(): unknown };

/** Socket.IO 4: Engine.IO protocol 4, Socket.IO protocol 5. */
export function recordSocketIo4(): Promise<Recording> {
  const options = { pingInterval: 60 };
  return record(
    'socket.io and socket.io-client 4',
    (http) => new Server4(http, options),
    (url) => client4(url, WEBSOCKET),
  );
}

/** Socket.IO 3. */
export function recordSocketIo3(): Promise<Recording> {
  const options = { pingInterval: 60 };
  return record(
    'socket.io and socket.io-client 3',
    (http) => new Server3(http, options),
    (url) => client3(url, WEBSOCKET),
  );
}

/** Socket.IO 2: Engine.IO protocol 3, where the client pings and bytes have a type before them. */
export function recordSocketIo2(): Promise<Recording> {
  const options = { pingInterval: 60 };
  return record(
    'socket.io and socket.io-client 2',
    (http) => attach2(http, options),
    (url) => client2(url, WEBSOCKET),
  );
}

/** Socket.IO 4 with socket.io-msgpack-parser on both sides. */
export function recordSocketIoMsgpack(): Promise<Recording> {
  const parser = msgpackParser as never;
  return record(
    'socket.io 4 with socket.io-msgpack-parser',
    (http) => new Server4(http, { parser, pingInterval: 60 }),
    (url) => client4(url, { ...WEBSOCKET, parser }),
  );
}

const WEBSOCKET = { transports: ['websocket'], reconnection: false, forceNew: true };

/** Events both ways, an ack each way, attachments both ways, a namespace, and one that is refused. */
async function record(
  between: string,
  serve: (http: HttpServer) => Rooms & { close(): unknown },
  connect: Connect,
): Promise<Recording> {
  const http = createServer();
  const server = serve(http);
  server.of('/chat').on('connection', serveChat);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy = await recordProxy((http.address() as AddressInfo).port);
  const socket = connect(`${proxy.url}/chat`);
  await once<void>((done) => socket.on('connect', done));
  socket.emit('trade', { price: 1.5, size: 2 });
  await once<void>((done) => socket.on('traded', done));
  const sum = await once<number>((done) => socket.emit('add', 1, 2, done));
  if (sum !== 3) throw new Error(`the server answered ${sum}`);
  socket.on('ask', (_question: string, answer: (word: string) => void) => answer('fine'));
  await once<void>((done) => {
    socket.on('asked', done);
    socket.emit('ask me');
  });
  await once((done) => socket.emit('upload', Buffer.from([1, 2, 3]), { also: Buffer.from([4]) }, done));
  const [connection] = proxy.connections;
  await answered(connection!.messages);
  const messages = [...connection!.messages];
  socket.close();
  server.close();
  await proxy.close();
  return { decoder: 'socket.io', between, ...connection!, messages };
}

function serveChat(socket: Speaker): void {
  socket.on('trade', () => socket.emit('traded', 'ok'));
  socket.on('add', (a: number, b: number, answer: (sum: number) => void) => answer(a + b));
  socket.on('ask me', () => socket.emit('ask', 'how are you?', () => socket.emit('asked')));
  socket.on('upload', (bytes: Uint8Array, { also }: { also: Uint8Array }, answer: (...parts: Uint8Array[]) => void) =>
    answer(also, bytes),
  );
}
