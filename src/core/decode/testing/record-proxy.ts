import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { bytesOf, type RecordServer } from './record-server';

/**
 * A WebSocket proxy on loopback that records every message between a client and a real server that makes its own
 * sockets. Path, query, subprotocols, cookies and origin are passed on; so are plain HTTP requests, unrecorded.
 *
 * @param port the real server's port on 127.0.0.1
 */
export async function recordProxy(port: number): Promise<RecordServer> {
  const http = createServer((request, response) => passOn(request, response, port));
  const server = new WebSocketServer({ server: http, handleProtocols: ([first]) => first ?? false });
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const connections: RecordServer['connections'] = [];
  server.on('connection', (client, request) => {
    const asked = client.protocol === '' ? [] : [client.protocol];
    const { cookie, origin } = request.headers;
    const headers = { ...(cookie && { cookie }), ...(origin && { origin }) };
    const upstream = new WebSocket(`ws://127.0.0.1:${port}${request.url ?? '/'}`, asked, { headers });
    const messages: RecordServer['connections'][number]['messages'] = [];
    connections.push({ url: `${url}${request.url ?? '/'}`, protocol: client.protocol, messages });
    const opened = new Promise<void>((resolve) => upstream.once('open', resolve));
    client.on('message', (data, binary) => {
      messages.push({ direction: 'sent', text: !binary, payload: bytesOf(data) });
      void opened.then(() => upstream.send(data as Buffer, { binary }));
    });
    upstream.on('message', (data, binary) => {
      messages.push({ direction: 'received', text: !binary, payload: bytesOf(data) });
      client.send(data as Buffer, { binary });
    });
    client.on('close', () => upstream.terminate());
    upstream.on('close', () => client.terminate());
    upstream.on('error', () => client.terminate());
  });
  return {
    url,
    connections,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close();
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const upstream = httpRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => response.writeHead(502).end());
  request.pipe(upstream);
}
