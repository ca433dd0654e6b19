import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { blankPage, cspPage, firstPage, iframesPage } from './test-pages';

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
const require = createRequire(import.meta.url);

/** Folders of installed packages that the page loads from, by the address they are served at. */
const VENDORS: Record<string, string> = {
  '/vendor/msgpack/': path.join(packageRoot('@msgpack/msgpack'), 'dist.esm'),
  '/vendor/socket.io/': path.join(packageRoot('socket.io'), 'client-dist'),
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

function packageRoot(name: string): string {
  const entry = require.resolve(name);
  const marker = path.join('node_modules', ...name.split('/'));
  return entry.slice(0, entry.lastIndexOf(marker) + marker.length);
}

/** The file that a path names, or undefined where it names none that may be served. */
function fileOf(pathname: string): string | undefined {
  const vendor = Object.keys(VENDORS).find((prefix) => pathname.startsWith(prefix));
  const root = vendor ? (VENDORS[vendor] ?? PAGE) : PAGE;
  const rest = vendor ? pathname.slice(vendor.length) : pathname.slice(1);
  const file = path.resolve(root, rest || 'index.html');
  return file.startsWith(path.resolve(root) + path.sep) && path.extname(file) in TYPES ? file : undefined;
}

function testPage(
  pathname: string,
  query: URLSearchParams,
): { body: string; headers?: Record<string, string> } | undefined {
  if (pathname === '/blank') return { body: blankPage(query.get('title') ?? 'Blank') };
  if (pathname === '/first') return { body: firstPage() };
  if (pathname === '/iframes') return { body: iframesPage(query) };
  if (pathname === '/csp') return cspPage();
  return undefined;
}

/** Answers a request for a page, a file of the page, or a test page. */
export async function servePage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://demo.invalid');
  const made = testPage(url.pathname, url.searchParams);
  if (made) {
    respond(response, 200, '.html', made.body, made.headers);
    return;
  }
  const file = fileOf(decodeURIComponent(url.pathname === '/frame' ? '/frame.html' : url.pathname));
  try {
    if (!file) throw new Error('not a file of the demo');
    respond(response, 200, path.extname(file), await readFile(file));
  } catch {
    respond(response, 404, '.html', blankPage('Not found'));
  }
}

function respond(
  response: ServerResponse,
  status: number,
  extension: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'Content-Type': TYPES[extension] ?? 'application/octet-stream',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
