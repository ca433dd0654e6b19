import type { AddressInfo } from 'node:net';
// The servers load this one; the bundler's choice would be a second copy, whose schemas they refuse.
import { buildSchema, execute, subscribe } from 'graphql/index.js';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { SubscriptionClient, SubscriptionServer } from 'subscriptions-transport-ws';
import { WebSocket, WebSocketServer } from 'ws';
import { recordProxy } from '../record-proxy';
import { once, type Recording, until } from '../record-server';

const schema = buildSchema('type Query { hello(to: String): String } type Subscription { count(to: Int!): Int }');
const rootValue = {
  hello: ({ to }: { to?: string }) => `hello ${to ?? 'world'}`,
  count: async function* ({ to }: { to: number }) {
    for (let i = 1; i <= to; i++) yield { count: i };
  },
};
const OPERATIONS = [
  { query: '{ hello }' },
  { query: 'query Greet($to: String) { hello(to: $to) }', variables: { to: 'you' } },
  { query: 'subscription Count { count(to: 2) }' },
  { query: '{ missing }' },
];

async function listening(protocol: string): Promise<WebSocketServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => protocol });
  await once<void>((done) => server.once('listening', done));
  return server;
}

/** graphql-transport-ws: a query, one with variables, a subscription, an invalid one, pings. */
export async function recordGraphqlTransport(): Promise<Recording> {
  const server = await listening('graphql-transport-ws');
  const { dispose } = useServer({ schema, roots: { query: rootValue, subscription: rootValue } }, server);
  const proxy = await recordProxy((server.address() as AddressInfo).port);
  const client = createClient({
    url: proxy.url,
    webSocketImpl: WebSocket,
    keepAlive: 150,
    lazy: false,
    generateID: counter(),
  });
  for (const operation of OPERATIONS) {
    await once<void>((done) =>
      client.subscribe(operation, { next: () => undefined, error: () => done(), complete: done }),
    );
  }
  // It ends when each ping has its pong.
  const { messages } = proxy.connections[0]!;
  const count = (type: string) =>
    messages.filter(({ payload }) => Buffer.from(payload).includes(`"type":"${type}"`)).length;
  await until(() => count('ping') > 0 && count('pong') === count('ping'), 'a pong for each ping');
  await client.dispose();
  await dispose();
  await proxy.close();
  return { decoder: 'graphql', between: 'graphql-ws (graphql-transport-ws)', ...proxy.connections[0]! };
}

/** The older graphql-ws, by subscriptions-transport-ws. */
export async function recordGraphqlLegacy(): Promise<Recording> {
  const server = await listening('graphql-ws');
  const legacy = SubscriptionServer.create({ schema, rootValue, execute, subscribe, keepAlive: 20 } as never, server);
  const proxy = await recordProxy((server.address() as AddressInfo).port);
  const client = new SubscriptionClient(proxy.url, { reconnect: false }, WebSocket);
  await once<void>((done) => client.onConnected(() => done()));
  for (const operation of OPERATIONS) {
    await once<void>((done) => client.request(operation).subscribe({ error: () => done(), complete: () => done() }));
  }
  const isBeat = ({ payload }: Recording['messages'][number]) => Buffer.from(payload).includes('"ka"');
  while (!proxy.connections[0]!.messages.some(isBeat)) await new Promise(setImmediate);
  client.close();
  legacy.close();
  await proxy.close();
  return { decoder: 'graphql', between: 'subscriptions-transport-ws (graphql-ws)', ...proxy.connections[0]! };
}

function counter(): () => string {
  let count = 0;
  return () => String(++count);
}
