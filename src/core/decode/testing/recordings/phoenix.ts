import { Socket } from 'phoenix';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { once, type Recording, recordServer, said } from '../record-server';

type Parts = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown];

/** Phoenix channels, serializer 2.0.0, binary pushes included: the real client, a server that follows the serializer. */
export async function recordPhoenix2(): Promise<Recording> {
  const server = await recordServer(servePhoenix);
  const socket = new Socket(`${server.url}/socket`, { transport: WebSocket, heartbeatIntervalMs: 30 });
  const channel = await joined(socket);
  const heard = once((done) => channel.on('shout', done));
  await replied(channel.push('shout', { text: 'hello', n: 1 }));
  await heard;
  const drawn = once((done) => channel.on('drawing', done));
  await replied(channel.push('draw', new Uint8Array([1, 2, 250, 251]).buffer));
  await drawn;
  await said(server.connections[0]!.messages, 'received', '"phoenix"');
  channel.leave();
  await said(server.connections[0]!.messages, 'received', 'phx_close');
  socket.disconnect();
  await server.close();
  return { decoder: 'phoenix', between: 'phoenix with a server after its serializer 2.0.0', ...server.connections[0]! };
}

/** The same with serializer 1.0.0: objects. */
export async function recordPhoenix1(): Promise<Recording> {
  const write = ([join_ref, ref, topic, event, payload]: Parts) =>
    JSON.stringify({ topic, event, payload, ref, join_ref });
  const server = await recordServer((socket) =>
    serve(socket, write, (text) => {
      const message = JSON.parse(text) as Record<string, never>;
      return [message.join_ref, message.ref, message.topic, message.event, message.payload];
    }),
  );
  const socket = new Socket(`${server.url}/socket`, {
    transport: WebSocket,
    vsn: '1.0.0',
    heartbeatIntervalMs: 30,
    encode: (message: unknown, done: (text: string) => void) => done(JSON.stringify(message)),
    decode: (text: string, done: (message: unknown) => void) => done(JSON.parse(text)),
  });
  const channel = await joined(socket);
  const heard = once((done) => channel.on('shout', done));
  await replied(channel.push('shout', { text: 'hello', n: 1 }));
  await heard;
  await said(server.connections[0]!.messages, 'received', '"phoenix"');
  channel.leave();
  await said(server.connections[0]!.messages, 'received', 'phx_close');
  socket.disconnect();
  await server.close();
  return { decoder: 'phoenix', between: 'phoenix with a server after its serializer 1.0.0', ...server.connections[0]! };
}

async function joined(socket: Socket) {
  socket.connect();
  const channel = socket.channel('room:lobby', { token: 'abc' });
  await replied(channel.join());
  return channel;
}

function replied(push: { receive(status: string, callback: (response: unknown) => void): unknown }): Promise<unknown> {
  return once((done) => push.receive('ok', done));
}

/** Answers one client in serializer 2.0.0. */
export function servePhoenix(socket: ServerSocket): void {
  serve(socket, JSON.stringify, (text) => JSON.parse(text) as Parts);
}

function serve(socket: ServerSocket, write: (parts: Parts) => string, read: (text: string) => Parts): void {
  socket.on('message', (data: Buffer, binary) => {
    if (binary) return serveBinary(socket, data);
    const [joinRef, ref, topic, event, payload] = read(data.toString());
    const reply = () => socket.send(write([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]));
    reply();
    if (event === 'shout') socket.send(write([null, null, topic, 'shout', payload]));
    if (event === 'phx_leave') socket.send(write([joinRef, ref, topic, 'phx_close', {}]));
  });
}

/** Answers a binary push with a binary reply and a binary broadcast (Phoenix.Socket.V2.JSONSerializer). */
function serveBinary(socket: ServerSocket, data: Buffer): void {
  const [joinRef, ref, topic, event, payload] = sections(data);
  const ok = Buffer.from('ok');
  const heads = [joinRef, ref, topic, ok];
  socket.send(Buffer.concat([Buffer.from([1, ...heads.map((part) => part.length)]), ...heads, Buffer.from([0x9c])]));
  const drawing = Buffer.from(`${event.toString()}ing`);
  socket.send(Buffer.concat([Buffer.from([2, topic.length, drawing.length]), topic, drawing, payload]));
}

/** The four texts whose lengths stand after the kind byte, then the rest. */
function sections(data: Buffer): [Buffer, Buffer, Buffer, Buffer, Buffer] {
  const ends = [5];
  for (const size of data.subarray(1, 5)) ends.push(ends.at(-1)! + size);
  const [joinRef, ref, topic, event, payload] = ends.map((start, i) => data.subarray(start, ends[i + 1]));
  return [joinRef!, ref!, topic!, event!, payload!];
}
