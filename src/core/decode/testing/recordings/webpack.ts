import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import webpack from 'webpack';
import WebpackDevServer from 'webpack-dev-server';
import { WebSocket } from 'ws';
import { recordProxy } from '../record-proxy';
import { type Recording, said } from '../record-server';

/** webpack-dev-server: what it says to a page that opens, after a change, and after one that does not compile. */
export async function recordWebpack(): Promise<Recording> {
  const root = await mkdtemp(join(tmpdir(), 'framescope-webpack-'));
  const entry = join(root, 'a.js');
  await writeFile(entry, 'export default 1;\n');
  // A file as old as the server would be taken for one that has changed.
  await utimes(entry, 0, 0);
  const compiler = webpack({
    mode: 'development',
    context: root,
    entry,
    output: { path: root },
    stats: 'none',
    infrastructureLogging: { level: 'none' },
  })!;
  const server = new WebpackDevServer({ host: '127.0.0.1', port: 0, static: false, open: false }, compiler);
  await server.start();
  const { port } = server.server!.address() as AddressInfo;
  const proxy = await recordProxy(port);
  const client = new WebSocket(`${proxy.url}/ws`, {
    headers: { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` },
  });
  await new Promise((resolve) => client.once('open', resolve));
  const { messages } = proxy.connections[0]!;
  await said(messages, 'received', '"ok"');
  // All at once: an empty file compiles.
  await writeFile(`${entry}.new`, 'export default ;\n');
  await rename(`${entry}.new`, entry);
  await said(messages, 'received', '"errors"');
  client.terminate();
  await server.stop();
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  await proxy.close();
  await rm(root, { recursive: true });
  return { decoder: 'webpack', between: 'webpack-dev-server 5', ...proxy.connections[0]! };
}
