import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { Centrifuge } from 'centrifuge';
import { Centrifuge as ProtobufCentrifuge } from 'centrifuge/build/protobuf';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { once, type Recording, recordServer, until } from '../record-server';

/** Centrifugo's JSON protocol: the real client, a server that follows the client protocol of centrifugal.dev. */
export async function recordCentrifugoJson(): Promise<Recording> {
  const server = await recordServer(serveCentrifugo);
  const client = new Centrifuge(`${server.url}/connection/websocket`, { websocket: WebSocket, token: 'jwt' });
  await talk(client, (value) => value, server.connections);
  await server.close();
  return {
    decoder: 'centrifugo',
    between: 'centrifuge (JSON) with a server after its client protocol',
    ...server.connections[0]!,
  };
}

/** The same as Protobuf. */
export async function recordCentrifugoProtobuf(): Promise<Recording> {
  const server = await recordServer(serveProtobuf, { handleProtocols: () => 'centrifuge-protobuf' });
  const client = new ProtobufCentrifuge(`${server.url}/connection/websocket`, { websocket: WebSocket, token: 'jwt' });
  await talk(client, (value) => new TextEncoder().encode(JSON.stringify(value)), server.connections);
  await server.close();
  return {
    decoder: 'centrifugo',
    between: 'centrifuge (Protobuf) with a server after its schema',
    ...server.connections[0]!,
  };
}

async function talk(
  client: Centrifuge | ProtobufCentrifuge,
  write: (value: unknown) => unknown,
  connections: { messages: Recording['messages'] }[],
): Promise<void> {
  const connected = once((done) => client.on('connected', done));
  client.connect();
  await connected;
  const news = client.newSubscription('news');
  const heard = once((done) => news.on('publication', done));
  const subscribed = once((done) => news.on('subscribed', done));
  news.subscribe();
  await subscribed;
  await news.publish(write({ headline: 'hello' }));
  await heard;
  await client.rpc('add', write([1, 2]));
  await client.rpc('forbidden', write(null)).then(undefined, () => undefined);
  // The answer to the server's ping is an empty command.
  const { messages } = connections[0]!;
  const last = () => messages.findLastIndex(({ direction, payload }) => direction === 'sent' && isEmpty(payload));
  await until(() => last() >= 0, 'a pong');
  const before = messages.length;
  news.unsubscribe();
  await until(() => messages.length >= before + 2, 'unsubscribe and its reply');
  client.disconnect();
}

function isEmpty(payload: Uint8Array): boolean {
  const text = Buffer.from(payload).toString('latin1');
  return text === '{}' || text === '\u0000';
}

interface Command {
  id?: number;
  connect?: object;
  subscribe?: { channel: string };
  unsubscribe?: object;
  publish?: { data: unknown };
  rpc?: { method: string };
}

/** Answers one client in JSON. */
export function serveCentrifugo(socket: ServerSocket): void {
  socket.on('message', (data: Buffer) => {
    const replies: object[] = [];
    for (const line of data.toString().split('\n')) {
      const command = JSON.parse(line) as Command;
      const { id } = command;
      if (command.connect) replies.push({ id, connect: { client: 'c1', version: '6.0.0', ping: 25, pong: true } });
      if (command.subscribe) replies.push({ id, subscribe: { epoch: 'xyz', offset: 4 } }, {});
      if (command.unsubscribe) replies.push({ id, unsubscribe: {} });
      if (command.publish) {
        replies.push(
          { push: { channel: 'news', pub: { data: command.publish.data, offset: 5 } } },
          { id, publish: {} },
        );
      }
      if (command.rpc?.method === 'add') replies.push({ id, rpc: { data: 3 } });
      if (command.rpc?.method === 'forbidden') replies.push({ id, error: { code: 103, message: 'permission denied' } });
    }
    if (replies.length > 0) socket.send(replies.map((reply) => JSON.stringify(reply)).join('\n'));
  });
}

type Write = (writer: BinaryWriter) => void;

function message(...fields: [number: number, value: number | string | Uint8Array | Write][]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, value] of fields) {
    if (typeof value === 'number') writer.tag(number, 0).uint32(value);
    else if (typeof value === 'string') writer.tag(number, 2).string(value);
    else if (value instanceof Uint8Array) writer.tag(number, 2).bytes(value);
    else value(writer.tag(number, 2));
  }
  return writer.finish();
}

/** Answers by the numbers of `client.proto`. */
function serveProtobuf(socket: ServerSocket): void {
  const bytes = (text: string) => new TextEncoder().encode(text);
  socket.on('message', (data: Buffer) => {
    const input = new BinaryReader(data);
    const replies: Uint8Array[] = [];
    while (input.pos < input.len) {
      const { id, method, body } = readCommand(input.bytes());
      if (method === 4) replies.push(message([1, id], [5, message([1, 'c1'], [2, '6.0.0'], [7, 25], [8, 1])]));
      if (method === 5) replies.push(message([1, id], [6, message([6, 'xyz'], [9, 4])]), message());
      if (method === 6) replies.push(message([1, id], [7, message()]));
      if (method === 7) {
        const pub = message([4, readField(body, 2)], [6, 5]);
        replies.push(message([4, message([2, 'news'], [4, pub])]), message([1, id], [8, message()]));
      }
      if (method !== 13) continue;
      const name = Buffer.from(readField(body, 2)).toString();
      if (name === 'add') replies.push(message([1, id], [13, message([1, bytes('3')])]));
      else replies.push(message([1, id], [2, message([1, 103], [2, 'permission denied'])]));
    }
    const writer = new BinaryWriter();
    for (const reply of replies) writer.bytes(reply);
    if (replies.length > 0) socket.send(writer.finish());
  });
}

function readCommand(bytes: Uint8Array): { id: number; method: number; body: Uint8Array } {
  const reader = new BinaryReader(bytes);
  const command = { id: 0, method: 0, body: new Uint8Array() };
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === 1) command.id = reader.uint32();
    else if (wire === 2) Object.assign(command, { method: number, body: reader.bytes() });
    else reader.skip(wire);
  }
  return command;
}

function readField(bytes: Uint8Array, wanted: number): Uint8Array {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === wanted) return reader.bytes();
    reader.skip(wire);
  }
  return new Uint8Array();
}
