import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { TrafficLog } from '../../demo/server';
import { attachEndpoints } from '../../demo/upgrade';

const folder = join(import.meta.dirname, 'pages');
const helpers = ['harness', 'sockets'];

/** Names of the suite's files, in the order of the table. */
export const suiteFiles = readdirSync(folder)
  .map((name) => name.replace(/\.js$/, ''))
  .filter((name) => !helpers.includes(name))
  .sort();

export interface SuiteServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  log: TrafficLog;
  close(): Promise<void>;
}

/** Serves the pages of the suite beside the demo's endpoints, under one origin. */
export async function startSuiteServer(): Promise<SuiteServer> {
  const http = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '/').slice(1));
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
    response.end(script ? readFileSync(join(folder, name)) : pageOf(name === 'blank' ? [] : [...helpers, file]));
  });
  const log = new TrafficLog();
  const endpoints = attachEndpoints(http, log);
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    log,
    close: () =>
      new Promise((resolve) => {
        endpoints.close();
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
}

function pageOf(scripts: string[]): string {
  const tags = scripts.map((name) => `<script src="/${name}.js"></script>`).join('\n');
  return `<!doctype html>\n<meta charset="utf-8">\n<title>${scripts.at(-1) ?? 'Blank'}</title>\n<link rel="icon" href="data:,">\n${tags}\n<body></body>\n`;
}
