import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Mount, mountServers } from './mounts';
import { scriptAt } from './packages';
import { readAlong, type WireConnection } from './wire';

export interface LibraryServer {
  /** `http://127.0.0.1:port`; `/page?zone.js&socket.io.js` is a page with those scripts, in that order. */
  url: string;
  wsUrl: string;
  /** What crossed each connection, in the order of the handshakes. */
  wire: WireConnection[];
  close(): Promise<void>;
}

/** The pages, and behind them the servers of all libraries, on one port. */
export async function startLibraryServer(): Promise<LibraryServer> {
  const http = createServer();
  const mounts = await mountServers();
  const mountAt = (path: string): Mount | undefined => mounts[path.match(/^\/[\w.-]+/)?.[0] ?? ''];
  const wire: WireConnection[] = [];

  http.on('request', async (request, response) => {
    const [path, query = ''] = (request.url ?? '/').split('?');
    const script = await scriptAt(path);
    if (script !== null) response.setHeader('content-type', 'text/javascript').end(script);
    else if (path === '/page') response.setHeader('content-type', 'text/html').end(pageWith(query.split('&')));
    // Where agents send their reports.
    else if (request.method === 'POST' && !mountAt(path)) request.resume().on('end', () => response.end('{}'));
    else if (mountAt(path)?.request) mountAt(path)?.request?.(request, response);
    else response.writeHead(404).end();
  });
  http.on('upgrade', (request, socket, head) => {
    const mount = mountAt(request.url ?? '/');
    if (!mount) {
      socket.destroy();
      return;
    }
    wire.push(readAlong(request, socket));
    mount.upgrade(request, socket, head);
  });

  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    wire,
    async close() {
      for (const mount of Object.values(mounts)) await mount.close?.();
      http.closeAllConnections();
    },
  };
}

function pageWith(scripts: string[]): string {
  const tags = scripts.filter(Boolean).map((name) => `<script src="/${name}"></script>`);
  return `<!doctype html><title>libraries</title>${tags.join('')}`;
}
