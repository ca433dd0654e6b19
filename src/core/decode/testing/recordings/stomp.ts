import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, type IMessage } from '@stomp/stompjs';
import StompServer from 'stomp-broker-js';
import { WebSocket } from 'ws';
import { recordProxy } from '../record-proxy';
import { once, type Recording } from '../record-server';

/** STOMP 1.1: one client that is recorded, another that it talks with; JSON, text and bytes, heartbeats. */
export async function recordStomp(): Promise<Recording> {
  const http = createServer();
  const server = new StompServer({ server: http, path: '/stomp', heartbeat: [20, 20] });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy = await recordProxy((http.address() as AddressInfo).port);
  const client = await connected(`${proxy.url}/stomp`);
  const other = await connected(`${proxy.url}/stomp`);
  const [connection] = proxy.connections;
  const came: IMessage[] = [];
  const subscribed = once((done) => server.on('subscribe', done));
  const heard = once<void>((done) => {
    client.subscribe('/topic/prices', (message) => came.push(message) === 2 && done());
  });
  await subscribed;
  client.publish({ destination: '/topic/asks', body: 'all prices\n' });
  other.publish({
    destination: '/topic/prices',
    body: '{"gold":2650}',
    headers: { 'content-type': 'application/json' },
  });
  other.publish({ destination: '/topic/prices', body: 'silver: 31' });
  await heard;
  client.publish({ destination: '/topic/bytes', binaryBody: Uint8Array.of(1, 0, 255) });
  client.unsubscribe('sub-0');
  while (!connection!.messages.some(({ payload }) => payload.length === 1)) await new Promise(setImmediate);
  await client.deactivate();
  await other.deactivate();
  await proxy.close();
  await new Promise((resolve) => http.close(resolve));
  return { decoder: 'stomp', between: '@stomp/stompjs with stomp-broker-js (STOMP 1.1)', ...connection! };
}

function connected(url: string): Promise<Client> {
  return once((done) => {
    const client: Client = new Client({
      webSocketFactory: () => new WebSocket(url, ['v11.stomp']),
      heartbeatIncoming: 0,
      heartbeatOutgoing: 20,
      reconnectDelay: 0,
      onConnect: () => done(client),
    });
    client.activate();
  });
}
