import ddpModule from 'ddp.js';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { once, type Recording, recordServer } from '../record-server';

// Node gives a CommonJS module whole where bundlers give its default export.
const DDP = ddpModule.default ?? ddpModule;

/** DDP: the client ddp.js, a server that follows meteor/packages/ddp/DDP.md, version 1. */
export async function recordDdp(): Promise<Recording> {
  const server = await recordServer(serve);
  const client = new DDP({
    endpoint: `${server.url}/websocket`,
    SocketConstructor: WebSocket,
    autoReconnect: false,
  });
  const ready = once((done) => client.on('ready', done));
  const sub = client.sub('players', [{ team: 7 }]);
  await ready;
  const result = once((done) => client.on('result', done));
  client.method('addPlayer', ['Ada', 10]);
  await result;
  const refused = once((done) => client.on('result', done));
  client.method('forbidden', []);
  await refused;
  const ended = once((done) => client.on('nosub', done));
  client.unsub(sub);
  await ended;
  client.disconnect();
  await server.close();
  return { decoder: 'ddp', between: 'ddp.js with a server after DDP.md', ...server.connections[0]! };
}

function serve(socket: ServerSocket): void {
  const send = (message: object) => socket.send(JSON.stringify(message));
  send({ server_id: '0' });
  socket.on('message', (data: Buffer) => {
    const { msg, id, method, name } = JSON.parse(data.toString()) as Record<string, string>;
    if (msg === 'connect') {
      send({ msg: 'connected', session: 'Sx9' });
      send({ msg: 'ping', id: 'p1' });
    }
    if (msg === 'sub') {
      send({ msg: 'added', collection: name, id: 'a1', fields: { name: 'Grace', score: 3 } });
      send({ msg: 'ready', subs: [id] });
    }
    if (msg === 'method' && method === 'forbidden') {
      send({ msg: 'result', id, error: { error: 403, reason: 'Access denied' } });
      send({ msg: 'updated', methods: [id] });
    } else if (msg === 'method') {
      send({ msg: 'changed', collection: 'players', id: 'a1', fields: { score: 4 } });
      send({ msg: 'result', id, result: { _id: 'b2' } });
      send({ msg: 'updated', methods: [id] });
    }
    if (msg === 'unsub') {
      send({ msg: 'removed', collection: 'players', id: 'a1' });
      send({ msg: 'nosub', id });
    }
  });
}
