import { connect, headers, StringCodec } from 'nats.ws';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { type Recording, recordServer, said } from '../record-server';

/** NATS: the real client nats.ws, a server that follows the client protocol of docs.nats.io. */
export async function recordNats(): Promise<Recording> {
  const server = await recordServer(serveNats);
  Object.assign(globalThis, { WebSocket });
  const codec = StringCodec();
  const client = await connect({ servers: server.url, name: 'recorder', noEcho: false });
  const prices = client.subscribe('prices.>');
  const service = client.subscribe('time', { callback: (_, message) => message.respond(codec.encode('12:00')) });
  const came = (async () => {
    for await (const message of prices) if (message.headers) return;
  })();
  client.publish('prices.gold', codec.encode('{"usd":2650}'));
  const extra = headers();
  extra.append('Source', 'test');
  client.publish('prices.silver', new Uint8Array([0, 255]), { headers: extra });
  await came;
  await client.request('time', codec.encode('now?'), { timeout: 5000 });
  await client.rtt();
  service.unsubscribe();
  await client.flush();
  const { messages } = server.connections[0]!;
  await said(messages, 'sent', 'UNSUB');
  await client.close();
  Reflect.deleteProperty(globalThis, 'WebSocket');
  await server.close();
  return { decoder: 'nats', between: 'nats.ws with a server after its client protocol', ...server.connections[0]! };
}

/** Answers one client: a message goes to each of the client's subscriptions that match. */
export function serveNats(socket: ServerSocket): void {
  const subscriptions = new Map<string, string>();
  let rest = Buffer.alloc(0);
  const info = { server_id: 'S1', version: '2.11.0', proto: 1, headers: true, max_payload: 1048576, client_id: 7 };
  socket.send(Buffer.from(`INFO ${JSON.stringify(info)}\r\n`));
  socket.on('message', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const [name = '', ...words] = rest.subarray(0, end).toString().split(' ');
      const size = /^H?PUB$/.test(name) ? Number(words.at(-1)) : undefined;
      const stop = end + 2 + (size === undefined ? 0 : size + 2);
      if (rest.length < stop) return;
      const body = rest.subarray(end + 2, stop);
      rest = rest.subarray(stop);
      if (name === 'PING') socket.send(Buffer.from('PONG\r\n'));
      if (name === 'SUB') subscriptions.set(words.at(-1)!, words[0]!);
      if (name === 'UNSUB') subscriptions.delete(words[0]!);
      if (size !== undefined) publish(socket, subscriptions, name, words, body);
    }
  });
}

function publish(
  socket: ServerSocket,
  subscriptions: Map<string, string>,
  name: string,
  words: string[],
  body: Buffer,
): void {
  const [subject = '', ...others] = words;
  for (const [id, pattern] of subscriptions) {
    const matches =
      pattern.endsWith('>') || pattern.endsWith('*') ? subject.startsWith(pattern.slice(0, -1)) : subject === pattern;
    if (!matches) continue;
    const line = [name === 'PUB' ? 'MSG' : 'HMSG', subject, id, ...others].join(' ');
    socket.send(Buffer.concat([Buffer.from(`${line}\r\n`), body]));
  }
}
