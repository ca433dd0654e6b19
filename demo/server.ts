import { createServer } from 'node:http';
import { type LogLimits, TrafficLog } from './log';
import { servePage } from './pages';
import { attachSocketIo } from './socket-io';
import { attachEndpoints } from './upgrade';

export type { Direction, LoggedClose, LoggedConnection, LoggedMessage, LogLimits, Tally } from './log';
export { TrafficLog } from './log';
export { bigBinary, bigText, floodPayload } from './payloads';

export interface DemoOptions {
  /** 0 takes a free port. */
  port?: number;
  log?: LogLimits;
}

export interface Demo {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  /** The same server under its other origin, `http://localhost:PORT`. */
  localhostUrl: string;
  /** `ws://127.0.0.1:PORT`. */
  wsUrl: string;
  port: number;
  /** What the server sent and received. */
  log: TrafficLog;
  /** Drops every connection and frees the port. */
  close(): Promise<void>;
}

/** Starts the demo server on loopback. Rejects where the port is taken. */
export async function startDemo({ port = 0, log: limits }: DemoOptions = {}): Promise<Demo> {
  const log = new TrafficLog(limits);
  const http = createServer((request, response) => {
    servePage(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(String(error));
    });
  });
  const io = attachSocketIo(http, log);
  const endpoints = attachEndpoints(http, log);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      http.off('error', reject);
      resolve();
    });
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The demo server has no port.');

  return {
    url: `http://127.0.0.1:${address.port}`,
    localhostUrl: `http://localhost:${address.port}`,
    wsUrl: `ws://127.0.0.1:${address.port}`,
    port: address.port,
    log,
    async close() {
      endpoints.close();
      const closed = io.close();
      http.closeAllConnections();
      await closed;
    },
  };
}
