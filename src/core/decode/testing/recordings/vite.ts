import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { WebSocket } from 'ws';
import { recordProxy } from '../record-proxy';
import { once, type Recording, said } from '../record-server';

/** Vite's own server, with what its client sends: an update, a full reload, a custom event each way, an error. */
export async function recordVite(): Promise<Recording> {
  const root = await mkdtemp(join(tmpdir(), 'framescope-vite-'));
  await writeFile(join(root, 'a.js'), 'if (import.meta.hot) import.meta.hot.accept();\nexport default 1;\n');
  await writeFile(join(root, 'index.html'), '<script type="module" src="/a.js"></script>');
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { host: '127.0.0.1', port: 0, ws: undefined },
  });
  await server.listen();
  const { port } = server.httpServer!.address() as AddressInfo;
  server.ws.on('app:hello', (data, client) => client.send('app:greeting', { to: data.name }));
  await server.transformRequest('/a.js');
  const proxy = await recordProxy(port);
  const client = new WebSocket(`${proxy.url}/?token=${server.config.webSocketToken}`, 'vite-hmr');
  await once<void>((done) => client.once('open', done));
  const { messages } = proxy.connections[0]!;
  await said(messages, 'received', 'connected');
  client.send(JSON.stringify({ type: 'custom', event: 'app:hello', data: { name: 'you' } }));
  await said(messages, 'received', 'app:greeting');
  await server.reloadModule((await server.moduleGraph.getModuleByUrl('/a.js'))!);
  await said(messages, 'received', 'js-update');
  server.ws.send({ type: 'full-reload', path: '/index.html' });
  server.ws.send({ type: 'error', err: { message: 'it failed', stack: '' } });
  await said(messages, 'received', 'it failed');
  client.send(JSON.stringify({ type: 'ping' }));
  await said(messages, 'sent', 'ping');
  client.terminate();
  await server.close();
  await proxy.close();
  await rm(root, { recursive: true });
  return { decoder: 'vite', between: "vite's server", ...proxy.connections[0]! };
}
