import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attach } from 'engine.io';
import { Socket } from 'engine.io-client';
import { answered } from '../engineio-heartbeat';
import { recordProxy } from '../record-proxy';
import { once, type Recording } from '../record-server';

/** Engine.IO 6 (protocol 4) alone: text, JSON and bytes both ways, and a ping. */
export async function recordEngineIo(): Promise<Recording> {
  const http = createServer();
  const server = attach(http, { pingInterval: 60 });
  server.on('connection', (socket) => socket.on('message', (data: string | Buffer) => socket.send(data)));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy = await recordProxy((http.address() as AddressInfo).port);
  const socket = new Socket(proxy.url, { transports: ['websocket'] });
  await once<void>((done) => socket.on('open', done));
  for (const message of ['hello', '{"price":1.5}', Buffer.from([4, 5, 6])]) {
    const echoed = once((done) => socket.once('message', done));
    socket.send(message);
    await echoed;
  }
  const [connection] = proxy.connections;
  await answered(connection!.messages);
  const messages = [...connection!.messages];
  socket.close();
  server.close();
  await proxy.close();
  await new Promise((resolve) => http.close(resolve));
  return { decoder: 'engine.io', between: 'engine.io and engine.io-client 6', ...connection!, messages };
}
