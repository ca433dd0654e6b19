import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server as ColyseusServer } from '@colyseus/core';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { JsonHubProtocol } from '@microsoft/signalr';
import { setupWSConnection } from '@y/websocket-server/utils';
import { Aedes } from 'aedes';
// The servers load this one; the bundler's choice would be a second copy, whose schemas they refuse.
import { buildSchema } from 'graphql/index.js';
import { useServer } from 'graphql-ws/use/ws';
import { Server as RpcServer } from 'rpc-websockets';
import { Server as SocketIoServer } from 'socket.io';
import attachSocketIo2 from 'socket.io-v2';
import sockjs from 'sockjs';
import StompServer from 'stomp-broker-js';
import { createWebSocketStream, type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { serveActionCable } from '../../src/core/decode/testing/recordings/actioncable';
import { serveAmqp } from '../../src/core/decode/testing/recordings/amqp';
import { serveCentrifugo } from '../../src/core/decode/testing/recordings/centrifugo';
import { Table } from '../../src/core/decode/testing/recordings/colyseus';
import { serveNats } from '../../src/core/decode/testing/recordings/nats';
import { servePhoenix } from '../../src/core/decode/testing/recordings/phoenix';
import { servePusher } from '../../src/core/decode/testing/recordings/pusher';
import { serveHub } from '../../src/core/decode/testing/recordings/signalr';
import { serveSupabase } from '../../src/core/decode/testing/recordings/supabase';
import { routeWamp } from '../../src/core/decode/testing/recordings/wamp';

/** The server of a library, which answers everything below a path; it listens nowhere itself. */
export interface Mount {
  request?(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close?(): Promise<void> | void;
}

/** The real servers of the libraries, and those of the recordings for what has none for Node, by their first folder. */
export async function mountServers(): Promise<Record<string, Mount>> {
  return {
    '/amqp': webSockets(serveAmqp),
    '/app': webSockets(servePusher),
    '/cable': webSockets(serveActionCable, { handleProtocols: () => 'actioncable-v1-json' }),
    '/colyseus': await colyseus(),
    '/connection': webSockets(serveCentrifugo),
    '/echo': webSockets(echo),
    '/graphql': graphql(),
    '/hub': webSockets((socket) => serveHub(socket, new JsonHubProtocol())),
    '/mqtt': await mqttBroker(),
    '/nats': webSockets(serveNats),
    '/parties': webSockets(echo),
    '/realtime': webSockets(serveSupabase),
    '/rpc': rpc(),
    '/socket': webSockets(servePhoenix),
    '/socket.io': socketIo(),
    '/socket.io-v2': socketIo2(),
    '/sockjs': sockJs(),
    '/stomp': stompBroker(),
    '/wamp': webSockets((socket) => routeWamp(socket, 'msgpack'), { handleProtocols: () => 'wamp.2.msgpack' }),
    '/yjs': webSockets((socket, request) => setupWSConnection(socket as never, request, {})),
  };
}

function webSockets(serve: (socket: WebSocket, request: IncomingMessage) => void, options: ServerOptions = {}): Mount {
  const server = new WebSocketServer({ noServer: true, ...options });
  server.on('connection', serve);
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (made) => server.emit('connection', made, request)),
  };
}

/** For servers that want an HTTP server of their own. */
function handOver(http: HttpServer, close?: () => Promise<void> | void): Mount {
  return {
    request: (request, response) => http.emit('request', request, response),
    upgrade: (request, socket, head) => http.emit('upgrade', request, socket, head),
    close,
  };
}

function echo(socket: WebSocket): void {
  socket.on('message', (data, binary) => socket.send(data, { binary }));
}

async function colyseus(): Promise<Mount> {
  const http = createServer();
  const transport = new WebSocketTransport({ server: http });
  const server = new ColyseusServer({ transport, greet: false, gracefullyShutdown: false });
  server.define('table', Table);
  // It makes no matches before it listens.
  await server.listen(0, '127.0.0.1');
  return handOver(http, () => server.gracefullyShutdown(false));
}

function graphql(): Mount {
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-transport-ws' });
  const schema = buildSchema('type Query { hello: String } type Subscription { count(to: Int!): Int }');
  const roots = {
    hello: () => 'hello',
    async *count({ to }: { to: number }) {
      for (let n = 1; n <= to; n++) yield { count: n };
    },
  };
  useServer({ schema, roots: { query: roots, subscription: roots } }, server);
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (made) => server.emit('connection', made, request)),
  };
}

async function mqttBroker(): Promise<Mount> {
  const broker = await Aedes.createBroker();
  const mount = webSockets((socket) => broker.handle(createWebSocketStream(socket) as never), {
    handleProtocols: () => 'mqtt',
  });
  return { ...mount, close: () => new Promise((closed) => broker.close(closed)) };
}

function rpc(): Mount {
  const http = createServer();
  const server = new RpcServer({ server: http });
  server.register('sum', (params) => (params as number[]).reduce((sum, n) => sum + n, 0), '/rpc');
  server.event('feed', '/rpc');
  server.register(
    'say',
    (params) => {
      server.of('/rpc').emit('feed', (params as unknown[])[0]);
      return 'said';
    },
    '/rpc',
  );
  return handOver(http);
}

function socketIo(): Mount {
  const http = createServer();
  const io = new SocketIoServer(http, { serveClient: false });
  io.on('connection', (socket) => {
    socket.on('add', (a: number, b: number, answer: (sum: number) => void) => answer(a + b));
    socket.on('bytes', (data: Buffer) => socket.emit('bytes', data.length, data));
    socket.on('leave', () => socket.disconnect());
  });
  return handOver(http, () => io.close());
}

function socketIo2(): Mount {
  const http = createServer();
  const io = attachSocketIo2(http, { path: '/socket.io-v2', serveClient: false });
  io.of('/').on('connection', (socket) => {
    socket.on('add', (a: number, b: number, answer: (sum: number) => void) => answer(a + b));
    socket.on('bytes', (data: Buffer) => socket.emit('bytes', data.length, data));
  });
  return handOver(http, () => io.close());
}

function sockJs(): Mount {
  const http = createServer();
  const server = sockjs.createServer({ prefix: '/sockjs', log: () => undefined });
  server.on('connection', (connection) => connection.on('data', (text) => connection.write(`echo ${text}`)));
  server.installHandlers(http);
  return handOver(http);
}

function stompBroker(): Mount {
  const http = createServer();
  new StompServer({ server: http, path: '/stomp', heartbeat: [0, 0] });
  return handOver(http);
}
