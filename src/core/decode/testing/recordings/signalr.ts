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
import { once, type Recording, recordServer } from '../record-server';

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
    .withKeepAliveInterval(20)
    .configureLogging(LogLevel.None)
    .build();
  const greeted = once((done) => connection.on('Greet', done));
  await connection.start();
  await connection.invoke('Add', 1, 2);
  await connection.send('Notify', { price: 1.5 });
  await connection.invoke('Fail').catch(() => undefined);
  await greeted;
  await once<void>((done) => {
    const stream = connection.stream<number>('Count', 2).subscribe({
      next: (n) => n === 2 && stream.dispose(),
      error: () => undefined,
      complete: () => undefined,
    });
    void cancelled(server.connections[0]!.messages, done);
  });
  const { messages } = server.connections[0]!;
  const isPing = ({ direction, payload }: Recording['messages'][number]) => direction === 'sent' && payload.length < 12;
  while (!messages.some(isPing)) await new Promise(setImmediate);
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

/** Waits until the client's cancellation has come: type 5, in either protocol. */
async function cancelled(messages: Recording['messages'], done: () => void): Promise<void> {
  const isCancel = ({ payload }: Recording['messages'][number]) =>
    Buffer.from(payload).includes('"type":5') || (payload[1] === 0x93 && payload[2] === 5);
  while (!messages.some((message) => message.direction === 'sent' && isCancel(message)))
    await new Promise(setImmediate);
  done();
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
    answer(protocol.name === 'json' ? fromText(data) : fromPacked(data), send);
  });
}

/** The client's codec reads only what servers send, so its own messages are read here; one comes at a time. */
interface Asked {
  type: number;
  invocationId?: string;
  target?: string;
}

function fromText(data: Buffer): Asked {
  return JSON.parse(data.toString().replace('\u001e', '')) as Asked;
}

function fromPacked(data: Buffer): Asked {
  const [type, , invocationId, target] = decode(data.subarray(1)) as [number, unknown, string, string];
  return { type, invocationId, target };
}

function answer({ type, target, invocationId }: Asked, send: (message: object) => void): void {
  if (type === 4) for (const item of [1, 2]) send({ type: 2, invocationId, item });
  if (target === 'Add') send({ type: 3, invocationId, result: 3 });
  if (target === 'Fail') send({ type: 3, invocationId, error: 'it failed' });
  if (target === 'Notify') send({ type: 1, target: 'Greet', arguments: ['hello', { n: 1 }] });
  if (target === 'Leave') send({ type: 7, error: 'closing' });
}
