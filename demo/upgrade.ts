import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Endpoint } from './endpoints/endpoint';
import { createEndpoints } from './endpoints/index';
import type { TrafficLog } from './log';
import { loggedServerClass } from './logged-socket';

const LARGEST_MESSAGE = 512 * 1024 * 1024;

/** Answers every WebSocket handshake but Socket.IO's: finds the endpoint, lets it refuse, and hands it the connection. */
export function attachEndpoints(http: HttpServer, log: TrafficLog): { close(): void } {
  const endpoints = createEndpoints();
  const queryOf = (request: IncomingMessage) => new URL(request.url ?? '/', 'http://demo.invalid').searchParams;
  const pathOf = (request: IncomingMessage) => new URL(request.url ?? '/', 'http://demo.invalid').pathname;

  const handleProtocols = (offered: Set<string>, request: IncomingMessage): string | false => {
    const first = [...offered][0] ?? false;
    return endpoints.get(pathOf(request))?.choose?.(offered, queryOf(request)) ?? first;
  };
  const LoggedServer = loggedServerClass(log);
  const options = { noServer: true, clientTracking: true, maxPayload: LARGEST_MESSAGE, handleProtocols };
  const plain = new LoggedServer(options);
  const deflating = new LoggedServer({ ...options, perMessageDeflate: { threshold: 0 } });

  const accept = (endpoint: Endpoint, request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const query = queryOf(request);
    const server = query.get('deflate') === '1' ? deflating : plain;
    server.handleUpgrade(request, socket, head, (ws) => {
      const closed = new AbortController();
      ws.on('close', () => closed.abort());
      // A broken stream is an end like another; `close` follows with 1006.
      ws.on('error', () => ws.terminate());
      endpoint.serve?.({ ws, request, socket, query, signal: closed.signal });
    });
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const pathname = pathOf(request);
    if (pathname.startsWith('/socket.io/')) return;
    const endpoint = endpoints.get(pathname);
    // Without a listener, a stream that breaks before it is a WebSocket would end the process.
    socket.on('error', () => socket.destroy());
    if (!endpoint) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const admitted = (await endpoint.admit?.({ request, socket, query: queryOf(request) })) ?? true;
    if (admitted) accept(endpoint, request, socket, head);
  };

  http.on('upgrade', (request, socket, head) => {
    upgrade(request, socket, head).catch((error: unknown) =>
      socket.destroy(error instanceof Error ? error : undefined),
    );
  });
  return {
    close() {
      for (const server of [plain, deflating]) {
        for (const client of server.clients) client.terminate();
        server.close();
      }
    },
  };
}
