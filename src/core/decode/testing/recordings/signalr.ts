import {
  HttpTransportType,
  HubConnectionBuilder,
  type IHubProtocol,
  JsonHubProtocol,
  LogLevel,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { decode } from '@msgpack/msgpack';
import type { WebSocket } from 'ws';
import { once, type Recording, recordServer, until } from '../record-server';

/** The JSON hub protocol. */
export function recordSignalRJson(): Promise<Recording> {
  return record('json', new JsonHubProtocol());
}

/** The MessagePack hub protocol. */
export function recordSignalRMessagePack(): Promise<Recording> {
  return record('messagepack', new MessagePackHubProtocol());
}

/**
 * The real client with a hub that is written by the same package's codec: invocations both ways, an error, a stream that
 * is cancelled, pings, a close.
 */
async function record(name: string, protocol: IHubProtocol): Promise<Recording> {
  const server = await recordServer((socket) => serveHub(socket, protocol));
  const connection = new HubConnectionBuilder()
    .withUrl(`${server.url.replace('ws:', 'http:')}/hub`, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
    })
    .withHubProtocol(protocol)
    .configureLogging(LogLevel.None)
    .build();
  const greeted = once((done) => connection.on('Greet', done));
  await connection.start();
  const { messages } = server.connections[0]!;
  // The client begins with a ping, and puts what waits together into one message.
  await until(() => messages.some(isPing), 'a ping');
  await connection.invoke('Add', 1, 2);
  await connection.send('Notify', { price: 1.5 });
  await connection.invoke('Fail').catch(() => undefined);
  await greeted;
  await once<void>((done, fail) => {
    const stream = connection.stream<number>('Count', 2).subscribe({
      next: (n) => n === 2 && stream.dispose(),
      error: () => undefined,
      complete: () => undefined,
    });
    void until(() => messages.some(isCancel), 'a cancellation').then(() => done(), fail);
  });
  const closed = once((done) => connection.onclose(done));
  await connection.send('Leave');
  await closed;
  await server.close();
  return {
    decoder: 'signalr',
    between: `@microsoft/signalr with a hub of its ${name} codec`,
    ...server.connections[0]!,
  };
}

/** A ping and nothing else: type 6, in either protocol. */
function isPing({ direction, payload }: Recording['messages'][number]): boolean {
  const bytes = Buffer.from(payload);
  return direction === 'sent' && (bytes.equals(Buffer.of(2, 0x91, 6)) || bytes.toString() === '{"type":6}\u001e');
}

/** The client's cancellation: type 5, in either protocol. */
function isCancel({ direction, payload }: Recording['messages'][number]): boolean {
  const bytes = Buffer.from(payload);
  return direction === 'sent' && (bytes.includes('"type":5') || bytes.includes(Buffer.of(0x93, 5)));
}

/** Answers one client, as a hub whose methods say what they do. */
export function serveHub(socket: WebSocket, protocol: IHubProtocol): void {
  const send = (message: object) => socket.send(protocol.writeMessage(message as never));
  let shaken = false;
  socket.on('message', (data: Buffer) => {
    if (!shaken) {
      shaken = true;
      socket.send('{}\u001e');
      return;
    }
    for (const asked of protocol.name === 'json' ? fromText(data) : fromPacked(data)) answer(asked, send);
  });
}

/** The client's codec reads only what servers send, so its own messages are read here; several may come in one frame. */
interface Asked {
  type: number;
  invocationId?: string;
  target?: string;
}

function fromText(data: Buffer): Asked[] {
  return data
    .toString()
    .split('\u001e')
    .filter((record) => record !== '')
    .map((record) => JSON.parse(record) as Asked);
}

/** Each message after its length, of seven bits a byte, the lowest first. */
function fromPacked(data: Buffer): Asked[] {
  const found: Asked[] = [];
  for (let at = 0; at < data.length; ) {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = data[at++]!;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const [type, , invocationId, target] = decode(data.subarray(at, at + length)) as [number, unknown, string, string];
    found.push({ type, invocationId, target });
    at += length;
  }
  return found;
}

function answer({ type, target, invocationId }: Asked, send: (message: object) => void): void {
  if (type === 4) for (const item of [1, 2]) send({ type: 2, invocationId, item });
  if (target === 'Add') send({ type: 3, invocationId, result: 3 });
  if (target === 'Fail') send({ type: 3, invocationId, error: 'it failed' });
  if (target === 'Notify') send({ type: 1, target: 'Greet', arguments: ['hello', { n: 1 }] });
  if (target === 'Leave') send({ type: 7, error: 'closing' });
}
