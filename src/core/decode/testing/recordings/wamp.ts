import { Wampy } from 'wampy';
import { CborSerializer } from 'wampy/CborSerializer.js';
import { JsonSerializer } from 'wampy/JsonSerializer.js';
import { MsgpackSerializer } from 'wampy/MsgpackSerializer.js';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { bytesOf, once, type Recording, recordServer, until } from '../record-server';

const SERIALIZERS = { json: JsonSerializer, msgpack: MsgpackSerializer, cbor: CborSerializer };
type Encoding = keyof typeof SERIALIZERS;

/** WAMP in JSON: the real client wampy, a router that follows the basic profile of wamp-proto.org. */
export const recordWampJson = () => recordWamp('json');
/** The same in MessagePack. */
export const recordWampMsgpack = () => recordWamp('msgpack');
/** The same in CBOR. */
export const recordWampCbor = () => recordWamp('cbor');

async function recordWamp(encoding: Encoding): Promise<Recording> {
  const protocol = `wamp.2.${encoding}`;
  const server = await recordServer((socket) => routeWamp(socket, encoding), { handleProtocols: () => protocol });
  const client = new Wampy(server.url, {
    ws: WebSocket as never,
    realm: 'realm1',
    serializer: new SERIALIZERS[encoding](),
    autoReconnect: false,
  });
  await client.connect();
  const heard = once<unknown>((done) => void client.subscribe('com.price', done));
  await subscribed(server.connections);
  await client.publish('com.price', { gold: 2650 }, { exclude_me: false });
  await heard;
  await client.register('com.add', ({ argsList }) => ({ argsList: [sum(argsList)] }));
  await client.call('com.add', [2, 3]);
  await client.call('com.missing', []).then(undefined, () => undefined);
  await client.unregister('com.add');
  await client.disconnect();
  await server.close();
  return {
    decoder: 'wamp',
    between: `wampy (${encoding}) with a router after the basic profile`,
    ...server.connections[0]!,
  };
}

function sum(list: unknown): number {
  return Array.isArray(list) ? Number(list[0]) + Number(list[1]) : Number.NaN;
}

/** The router answers SUBSCRIBE with its third message: WELCOME, then SUBSCRIBED. */
async function subscribed(connections: { messages: Recording['messages'] }[]): Promise<void> {
  const { messages } = connections[0]!;
  await until(() => messages.filter(({ direction }) => direction === 'received').length >= 2, 'SUBSCRIBED');
}

/** Routes for one client, which may call what it registered itself. */
export function routeWamp(socket: ServerSocket, encoding: Encoding): void {
  const serializer = new SERIALIZERS[encoding]();
  const procedures = new Map<string, number>();
  const calls = new Map<number, number>();
  const send = (message: unknown[]) => socket.send(serializer.encode(message) as string);
  socket.on('message', (data: Buffer) => {
    const [code, request, ...rest] = serializer.decode(
      (encoding === 'json' ? data.toString() : bytesOf(data)) as never,
    ) as unknown as [number, number, ...unknown[]];
    const uri = String(rest[1]);
    if (code === 1) send([2, 9129137332, { roles: { broker: {}, dealer: {} } }]);
    if (code === 6) send([6, {}, 'wamp.close.goodbye_and_out']);
    if (code === 32) send([33, request, 5512315355]);
    if (code === 16) send([36, 5512315355, 4429313566, {}, ...rest.slice(2)]);
    if (code === 16) send([17, request, 4429313566]);
    if (code === 64) send([65, request, procedures.set(uri, 2103333224).get(uri)]);
    if (code === 66) send([67, request]);
    if (code === 48 && procedures.has(uri)) {
      calls.set(61, request);
      send([68, 61, procedures.get(uri), {}, ...rest.slice(2)]);
    } else if (code === 48) send([8, 48, request, {}, 'wamp.error.no_such_procedure']);
    if (code === 70) send([50, calls.get(request), {}, ...rest.slice(1)]);
  });
}
