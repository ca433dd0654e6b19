import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
// The servers load this one; the bundler's choice would be a second copy, whose schemas they refuse.
import { buildSchema } from 'graphql/index.js';
import { useServer } from 'graphql-ws/use/ws';
import { Server as SocketIoServer } from 'socket.io';
import sockjs from 'sockjs';
import { type WebSocket, WebSocketServer } from 'ws';

const packages = join(import.meta.dirname, '../../node_modules');

/** What pages load, by the path at which they find it: the packages' own files for browsers, unchanged. */
const SCRIPTS: Record<string, string> = {
  '/socket.io.js': 'socket.io-client/dist/socket.io.js',
  '/signalr.js': '@microsoft/signalr/dist/browser/signalr.js',
  '/stomp.js': '@stomp/stompjs/bundles/stomp.umd.js',
  '/sockjs.js': 'sockjs-client/dist/sockjs.js',
  '/zone.js': 'zone.js/bundles/zone.umd.js',
  '/mock-socket.js': 'mock-socket/dist/mock-socket.js',
  '/reconnecting-websocket.js': 'reconnecting-websocket/dist/reconnecting-websocket-iife.js',
};

/** The file of a package that stands at a path; `null` where there is none. */
function scriptAt(path: string): string | null {
  // Modules that are several files.
  const file = SCRIPTS[path] ?? path.match(/^\/graphql-ws\/([\w-]+\.js)$/)?.[1].replace(/^/, 'graphql-ws/dist/');
  return file ? join(packages, file) : null;
}

export interface LibraryServer {
  /** `http://127.0.0.1:port`; `/page?zone.js&socket.io.js` is a page with those scripts, in that order. */
  url: string;
  wsUrl: string;
  close(): Promise<void>;
}

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The real servers of the libraries, and small ones of what has none for Node, on one port. */
export async function startLibraryServer(): Promise<LibraryServer> {
  const http = createServer();
  const upgrades = new Map<string, Upgrade>();
  const serve = (path: string, options: object, connected: (socket: WebSocket) => void) => {
    const server = new WebSocketServer({ noServer: true, ...options });
    server.on('connection', connected);
    upgrades.set(path, (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (made) => server.emit('connection', made, request)),
    );
    return server;
  };
  serve('/echo', {}, (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
  serve('/hub', {}, serveHub);
  serve('/stomp', { handleProtocols: () => 'v12.stomp' }, serveStomp);
  const graphql = serve('/graphql', { handleProtocols: () => 'graphql-transport-ws' }, () => undefined);
  const roots = { hello: () => 'hello', count: countTo };
  useServer({ schema: SCHEMA, roots: { query: roots, subscription: roots } }, graphql);

  http.on('request', ({ url = '/' }, response) => {
    const path = url.replace(/\?.*/, '');
    const file = scriptAt(path);
    if (file) response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
    else if (path === '/page') {
      const scripts = url.split('?')[1]?.split('&') ?? [];
      response
        .setHeader('content-type', 'text/html')
        .end(
          `<!doctype html><title>libraries</title>${scripts.map((name) => `<script src="/${name}"></script>`).join('')}`,
        );
    } else if (!path.startsWith('/socket.io') && !path.startsWith('/sockjs')) response.writeHead(404).end();
  });
  http.on('upgrade', (request, socket, head) => {
    upgrades.get((request.url ?? '').replace(/\?.*/, ''))?.(request, socket, head);
  });

  const io = new SocketIoServer(http, { serveClient: false });
  io.on('connection', (socket) => {
    socket.on('add', (a: number, b: number, answer: (sum: number) => void) => answer(a + b));
    socket.on('bytes', (data: Buffer) => socket.emit('bytes', data.length, data));
    socket.on('leave', () => socket.disconnect());
  });
  const echo = sockjs.createServer({ prefix: '/sockjs', log: () => undefined });
  echo.on('connection', (connection) => connection.on('data', (text) => connection.write(`echo ${text}`)));
  echo.installHandlers(http);

  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    async close() {
      await io.close();
      http.closeAllConnections();
    },
  };
}

const SCHEMA = buildSchema('type Query { hello: String } type Subscription { count(to: Int!): Int }');

async function* countTo({ to }: { to: number }) {
  for (let n = 1; n <= to; n++) yield { count: n };
}

/** A SignalR hub of one method, in the JSON hub protocol; there is no server for Node. */
function serveHub(socket: WebSocket): void {
  const send = (message: object) => socket.send(`${JSON.stringify(message)}\u001e`);
  socket.on('message', (data) => {
    for (const text of String(data).split('\u001e').filter(Boolean)) {
      const { protocol, type, invocationId, target, arguments: values } = JSON.parse(text);
      if (protocol) send({});
      else if (type === 1 && target === 'Add') send({ type: 3, invocationId, result: values[0] + values[1] });
      else if (type === 1 && target === 'Fail') send({ type: 3, invocationId, error: 'on purpose' });
    }
  });
}

/** A STOMP 1.2 broker that sends everything back to its one subscriber; there is none for Node that is kept. */
function serveStomp(socket: WebSocket): void {
  const send = (command: string, headers: Record<string, string>, body = '') =>
    socket.send(`${[command, ...Object.entries(headers).map((pair) => pair.join(':'))].join('\n')}\n\n${body}\0`);
  let subscription = '';
  socket.on('message', (data) => {
    const [head, body = ''] = String(data)
      .replace(/\0\s*$/, '')
      .split('\n\n');
    const [command, ...lines] = (head ?? '').trim().split('\n');
    const headers = Object.fromEntries(lines.map((line) => line.split(/:(.*)/s).slice(0, 2)));
    if (command === 'CONNECT') send('CONNECTED', { version: '1.2', 'heart-beat': '0,0' });
    else if (command === 'SUBSCRIBE') subscription = headers.id;
    else if (command === 'SEND') {
      send('MESSAGE', { subscription, 'message-id': '1', destination: headers.destination }, body);
    } else if (command === 'DISCONNECT') send('RECEIPT', { 'receipt-id': headers.receipt });
  });
}
