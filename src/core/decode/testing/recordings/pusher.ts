import Pusher from 'pusher-js';
import type { WebSocket } from 'ws';
import { once, type Recording, recordServer, said } from '../record-server';

/** Pusher: the real client, a server that follows the Pusher Channels protocol, version 7. */
export async function recordPusher(): Promise<Recording> {
  const server = await recordServer(servePusher);
  const port = Number(new URL(server.url).port);
  const client = new Pusher('app-key', {
    wsHost: '127.0.0.1',
    wsPort: port,
    cluster: 'test',
    forceTLS: false,
    enabledTransports: ['ws'],
    activityTimeout: 40,
    channelAuthorization: {
      transport: 'ajax',
      endpoint: '',
      customHandler: (_, done) => done(null, { auth: 'app-key:signature' }),
    },
  });
  const trades = client.subscribe('trades');
  await once((done) => trades.bind('trade', done));
  const room = client.subscribe('private-room');
  await once((done) => room.bind('pusher:subscription_succeeded', done));
  room.trigger('client-typing', { user: 'ada' });
  const { messages } = server.connections[0]!;
  await said(messages, 'received', 'pusher:pong');
  client.unsubscribe('trades');
  await said(messages, 'sent', 'unsubscribe');
  client.disconnect();
  await server.close();
  return { decoder: 'pusher', between: 'pusher-js with a server after the protocol 7', ...server.connections[0]! };
}

/** Answers one client: every channel may be subscribed to, `trades` says something at once. */
export function servePusher(socket: WebSocket): void {
  const send = (event: string, data: unknown, channel?: string) =>
    socket.send(JSON.stringify({ event, channel, data: JSON.stringify(data) }));
  send('pusher:connection_established', { socket_id: '1.2', activity_timeout: 30 });
  socket.on('message', (text: Buffer) => {
    const { event, data } = JSON.parse(text.toString()) as { event: string; data: { channel: string } };
    if (event === 'pusher:ping') socket.send(JSON.stringify({ event: 'pusher:pong' }));
    if (event !== 'pusher:subscribe') return;
    send('pusher_internal:subscription_succeeded', {}, data.channel);
    if (data.channel === 'trades') send('trade', { symbol: 'AU', price: 2650 }, 'trades');
  });
}
