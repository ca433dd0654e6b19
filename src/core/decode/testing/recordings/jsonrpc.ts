import { Client, Server } from 'rpc-websockets';
import { recordProxy } from '../record-proxy';
import { once, type Recording } from '../record-server';

/** JSON-RPC 2.0: calls, an error, a notification both ways, a subscription. */
export async function recordJsonRpc(): Promise<Recording> {
  const server = new Server({ host: '127.0.0.1', port: 0 });
  await once<void>((done) => server.on('listening', done));
  server.register('sum', (params) => (params as number[]).reduce((sum, n) => sum + n, 0));
  server.event('feed');
  const { port } = server.wss.address() as { port: number };
  const proxy = await recordProxy(port);
  const client = new Client(proxy.url, { reconnect: false });
  await once<void>((done) => client.on('open', () => done()));
  await client.call('sum', [5, 3]);
  const refused = await client.call('missing', { a: 1 }).catch((error: { code: number }) => error.code);
  if (refused !== -32601) throw new Error(`the server answered ${String(refused)}`);
  await client.subscribe('feed');
  const heard = once((done) => client.on('feed', done));
  server.emit('feed', { price: 1.5 });
  await heard;
  client.notify('seen', ['feed']);
  await client.call('sum', [1]);
  client.close();
  await server.close();
  await proxy.close();
  return { decoder: 'json-rpc', between: 'rpc-websockets', ...proxy.connections[0]! };
}
