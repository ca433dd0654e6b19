import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { TrafficLog } from '../../demo/server';
import { attachEndpoints } from '../../demo/upgrade';

const folder = join(import.meta.dirname, 'pages');
const helpers = ['harness', 'sockets'];

/** Names of the suite's files, in the order of the table. */
export const suiteFiles = readdirSync(folder)
  .map((name) => name.replace(/\.js$/, ''))
  .filter((name) => !helpers.includes(name))
  // The last one begins hundreds of handshakes and drops them, after which browsers hold back those that come.
  .sort((a, b) => Number(a === 'constructor') - Number(b === 'constructor') || (a < b ? -1 : 1));

export interface SuiteServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  log: TrafficLog;
  close(): Promise<void>;
}

/** Serves the pages of the suite beside the demo's endpoints, under one origin. */
export async function startSuiteServer(): Promise<SuiteServer> {
  const http = createServer((request, response) => {
    // `/deep/blank` is the same page as `/blank`.
    const name = decodeURIComponent((request.url ?? '/').replace(/[?].*$/, '').replace(/^\/(deep\/)?/, ''));
    const [file, extension] = name.split('.');
    const known = suiteFiles.includes(file) || helpers.includes(file);
    if (name !== 'blank' && !known) {
      response.writeHead(404).end();
      return;
    }
    const script = extension === 'js';
    response.writeHead(200, {
      'Content-Type': `text/${script ? 'javascript' : 'html'}; charset=utf-8`,
      'Cache-Control': 'no-store',
    });
    response.end(
      script ? readFileSync(join(folder, name)) : pageOf(name === 'blank' ? [] : [...helpers, file], headers.url),
    );
  });
  const headers = await startHeaderServer();
  const log = new TrafficLog();
  const endpoints = attachEndpoints(http, log);
  const connections = new Set<Socket>();
  http.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    log,
    close: () =>
      new Promise((resolve) => {
        endpoints.close();
        headers.close();
        // Also those of handshakes that were never answered.
        for (const connection of connections) connection.destroy();
        http.close(() => resolve());
      }),
  };
}

/** Tells every socket the headers of its handshake, in order; `/cookie` sets one. The page has its address as `headersBase`. */
async function startHeaderServer(): Promise<{ url: string; close(): void }> {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on('headers', (headers, { url }) => {
    if (url === '/cookie') headers.push('Set-Cookie: handshake=1; Path=/');
  });
  server.on('connection', (socket, { rawHeaders }) => {
    const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : []));
    socket.send(JSON.stringify(pairs));
  });
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function pageOf(scripts: string[], headersBase: string): string {
  const tags = scripts.map((name) => `<script src="/${name}.js"></script>`).join('\n');
  const address = `<script>const headersBase = ${JSON.stringify(headersBase)};</script>`;
  return `<!doctype html>\n<meta charset="utf-8">\n<title>${scripts.at(-1) ?? 'Blank'}</title>\n<link rel="icon" href="data:,">\n${scripts.length ? address : ''}\n${tags}\n<body></body>\n`;
}
