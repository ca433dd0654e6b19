import { adapters, createConsumer } from '@rails/actioncable';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { once, type Recording, recordServer } from '../record-server';

/** Action Cable: the real client of Rails, a server that follows Rails' ActionCable::Connection. */
export async function recordActionCable(): Promise<Recording> {
  const server = await recordServer(serveActionCable, { handleProtocols: () => 'actioncable-v1-json' });
  adapters.WebSocket = WebSocket;
  // The client watches the page's visibility and the window's events; here there are none.
  const page = { addEventListener: () => undefined, removeEventListener: () => undefined, visibilityState: 'visible' };
  Object.assign(globalThis, {
    addEventListener: page.addEventListener,
    removeEventListener: page.removeEventListener,
    document: page,
  });
  const consumer = createConsumer(`${server.url}/cable`);
  try {
    await talk(consumer);
  } finally {
    consumer.disconnect();
    Reflect.deleteProperty(globalThis, 'document');
    Reflect.deleteProperty(globalThis, 'addEventListener');
    Reflect.deleteProperty(globalThis, 'removeEventListener');
  }
  await server.close();
  return { decoder: 'actioncable', between: '@rails/actioncable with a server after Rails', ...server.connections[0]! };
}

async function talk(consumer: ReturnType<typeof createConsumer>): Promise<void> {
  await once<void>((done) => {
    const chat = consumer.subscriptions.create(
      { channel: 'ChatChannel', room: '1' },
      {
        connected: () => chat.perform('speak', { text: 'hello' }),
        received: () => done(),
      },
    );
  });
  await once<void>((done) => {
    consumer.subscriptions.create('SecretChannel', { rejected: () => done() });
  });
}

/** Answers one client as Rails does: a subscription is confirmed or rejected, an action comes back. */
export function serveActionCable(socket: ServerSocket): void {
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  send({ type: 'welcome' });
  send({ type: 'ping', message: 1794500000 });
  socket.on('message', (data: Buffer) => {
    const { command, identifier, data: action } = JSON.parse(data.toString()) as Record<string, string>;
    if (command === 'subscribe') {
      send({ identifier, type: identifier!.includes('Secret') ? 'reject_subscription' : 'confirm_subscription' });
    }
    if (command === 'message') send({ identifier, message: { echo: JSON.parse(action!) as unknown } });
  });
}
