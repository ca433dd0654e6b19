import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sockjs from 'sockjs';
import SockJS from 'sockjs-client';
import { recordProxy } from '../record-proxy';
import { once, type Recording } from '../record-server';

/** SockJS: text, JSON and STOMP echoed, a close by the server. */
export async function recordSockJs(): Promise<Recording> {
  const http = createServer();
  const server = sockjs.createServer({ prefix: '/echo', log: () => undefined });
  server.on('connection', (connection) => {
    connection.on('data', (message) =>
      message === 'bye' ? connection.close(3000, 'Go away!') : connection.write(message),
    );
  });
  server.installHandlers(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy = await recordProxy((http.address() as AddressInfo).port);
  const client = new SockJS(`${proxy.url.replace('ws:', 'http:')}/echo`, null, { transports: ['websocket'] });
  await once<void>((done) => {
    client.onopen = done;
  });
  for (const message of ['hello', '{"type":"trade","n":1}', 'SEND\ndestination:/a\n\n{"n":1}\0']) {
    const echoed = once((done) => {
      client.onmessage = done;
    });
    client.send(message);
    await echoed;
  }
  const [connection] = proxy.connections;
  const closed = once((done) => {
    client.onclose = done;
  });
  client.send('bye');
  await closed;
  await proxy.close();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
  return { decoder: 'sockjs', between: 'sockjs-client with sockjs', ...connection! };
}
