import type { IncomingMessage } from 'node:http';
import { deleteApp, initializeApp } from '@firebase/app';
import { getDatabase, goOffline, onValue, ref, set, update } from '@firebase/database';
import type { WebSocket } from 'ws';
import { once, type Recording, recordServer } from '../record-server';

/** The real client with a server after its wire protocol: listen, put, merge, a message in parts. */
export async function recordFirebase(): Promise<Recording> {
  const server = await recordServer(serve);
  const app = initializeApp({ databaseURL: `${server.url.replace('ws:', 'http:')}?ns=test` }, 'recording');
  const database = getDatabase(app);
  await once<void>((done) => {
    onValue(ref(database, 'trades'), (snapshot) => snapshot.val() !== null && done());
  });
  await set(ref(database, 'trades/a'), { price: 2 });
  await update(ref(database, 'trades'), { long: 'x'.repeat(20_000) });
  goOffline(database);
  await deleteApp(app);
  await server.close();
  return {
    decoder: 'firebase',
    between: '@firebase/database with a server after its protocol',
    ...server.connections[0]!,
  };
}

interface Request {
  t: string;
  d: { r: number; a: string };
}

function serve(socket: WebSocket, { headers }: IncomingMessage): void {
  const send = (message: object) => socket.send(JSON.stringify(message));
  send({ t: 'c', d: { t: 'h', d: { ts: 1_700_000_000_000, v: '5', h: headers.host, s: 'session' } } });
  let missing = 0;
  let text = '';
  socket.on('message', (data: Buffer) => {
    const part = data.toString();
    if (missing === 0 && /^\d+$/.test(part)) {
      missing = Number(part);
      return;
    }
    text += part;
    if (missing > 0 && --missing > 0) return;
    const { d } = JSON.parse(text) as Request;
    text = '';
    if (d.a === 'q') send({ t: 'd', d: { a: 'd', b: { p: 'trades', d: { a: { price: 1 } } } } });
    if (d.r !== undefined) send({ t: 'd', d: { r: d.r, b: { s: 'ok', d: {} } } });
  });
}
