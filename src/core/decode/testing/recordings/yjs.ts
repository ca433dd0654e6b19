import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocket } from 'ws';
import * as awareness from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type Recording, recordServer, said } from '../record-server';

/** Yjs: the real y-websocket client and the real server, with a second client writing in the same document. */
export async function recordYjs(): Promise<Recording> {
  const server = await recordServer((socket, request) => setupWSConnection(socket as never, request, {}));
  const mine = open(server.url);
  await synced(mine.provider);
  mine.doc.getText('note').insert(0, 'hello');
  mine.doc.getMap('meta').set('count', 42);
  mine.doc.getArray('list').push([1.5, true, 'x', { deep: [null] }]);
  mine.provider.awareness.setLocalStateField('user', { name: 'Ada' });
  const other = open(server.url);
  await synced(other.provider);
  other.doc.getText('note').insert(5, ' world');
  other.doc.getText('note').delete(0, 1);
  other.doc.getXmlFragment('page').insert(0, [new Y.XmlElement('p')]);
  const { messages } = server.connections[0]!;
  await said(messages, 'received', ' world');
  awareness.removeAwarenessStates(mine.provider.awareness, [mine.doc.clientID], 'leaving');
  await said(messages, 'sent', 'null');
  for (const { provider } of [mine, other]) provider.destroy();
  await server.close();
  return { decoder: 'yjs', between: 'y-websocket with @y/websocket-server', ...server.connections[0]! };
}

function open(url: string) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(url, 'room', doc, { WebSocketPolyfill: WebSocket as never, disableBc: true });
  return { doc, provider };
}

function synced(provider: WebsocketProvider): Promise<void> {
  return new Promise((resolve) => provider.once('sync', () => resolve()));
}
