import { type AMQPMessage, AMQPWebSocketClient } from '@cloudamqp/amqp-client';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { once, type Recording, recordServer } from '../record-server';

/** AMQP 0-9-1: the real client of CloudAMQP, a server that follows the specification. */
export async function recordAmqp(): Promise<Recording> {
  const server = await recordServer(serveAmqp);
  Object.assign(globalThis, { WebSocket });
  const client = new AMQPWebSocketClient(`${server.url}/`, 'vhost', 'ada', 'secret', 'recorder');
  const connection = await client.connect();
  const channel = await connection.channel();
  await channel.confirmSelect();
  await channel.queueDeclare('prices', { durable: true }, { 'x-max-length': 10 });
  await channel.queueBind('prices', 'amq.topic', 'price.#');
  let deliver: (message: AMQPMessage) => void = () => undefined;
  const heard = once<AMQPMessage>((done) => {
    deliver = done;
  });
  await channel.basicConsume('prices', { noAck: false }, (message) => deliver(message));
  await channel.basicPublish('amq.topic', 'price.gold', '{"usd":2650}', {
    contentType: 'application/json',
    headers: { source: 'test', hop: 3 },
    deliveryMode: 2,
  });
  await channel.basicAck((await heard).deliveryTag);
  await channel.close();
  await connection.close();
  Reflect.deleteProperty(globalThis, 'WebSocket');
  await server.close();
  return {
    decoder: 'amqp',
    between: '@cloudamqp/amqp-client with a server after the specification',
    ...server.connections[0]!,
  };
}

/** Answers one client: splits into frames and answers each; the reply's name is its request's with `-ok`, one method number further. */
export function serveAmqp(socket: ServerSocket): void {
  let rest = Buffer.alloc(0);
  let published: Buffer[] = [];
  socket.on('message', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    if (rest.subarray(0, 4).toString() === 'AMQP') {
      rest = rest.subarray(8);
      const start = Buffer.concat([Buffer.from([0, 9]), table({ product: 'recorder' }), long('PLAIN'), long('en_US')]);
      socket.send(method(0, 10, 10, start));
    }
    while (rest.length >= 7 && rest.length >= rest.readUInt32BE(3) + 8) {
      const frame = rest.subarray(0, rest.readUInt32BE(3) + 8);
      rest = rest.subarray(frame.length);
      if (frame[0] === 1) {
        published = frame.readUInt16BE(7) === 60 && frame.readUInt16BE(9) === 40 ? [frame] : published;
        answer(socket, frame);
      } else published.push(frame);
      if (frame[0] === 3) deliver(socket, published);
    }
  });
}

function answer(socket: ServerSocket, frame: Buffer): void {
  const channel = frame.readUInt16BE(1);
  const classId = frame.readUInt16BE(7);
  const methodId = frame.readUInt16BE(9);
  const number = `${classId}.${methodId}`;
  const reply = (payload: Buffer) => socket.send(method(channel, classId, methodId + 1, payload));
  if (number === '10.11') socket.send(method(0, 10, 30, Buffer.from([0, 100, 0, 0, 0x20, 0, 0, 60])));
  if (number === '10.40' || number === '20.10') reply(number === '10.40' ? short('') : long(''));
  if (number === '50.10') reply(Buffer.concat([short('prices'), Buffer.alloc(8)]));
  if (number === '60.20') reply(short('consumer-1'));
  if (['10.50', '20.40', '50.20', '85.10'].includes(number)) reply(Buffer.alloc(0));
}

/** Gives what was published to the one consumer, confirms it, and sends a heartbeat. */
function deliver(socket: ServerSocket, [, header, body]: Buffer[]): void {
  const tag = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);
  const head = Buffer.concat([short('consumer-1'), tag, Buffer.from([0]), short('amq.topic'), short('price.gold')]);
  socket.send(Buffer.concat([method(1, 60, 60, head), header!, body!]));
  socket.send(method(1, 60, 80, Buffer.concat([tag, Buffer.from([0])])));
  socket.send(Buffer.from([8, 0, 0, 0, 0, 0, 0, 0xce]));
}

function method(channel: number, classId: number, methodId: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(11);
  head.writeUInt8(1);
  head.writeUInt16BE(channel, 1);
  head.writeUInt32BE(payload.length + 4, 3);
  head.writeUInt16BE(classId, 7);
  head.writeUInt16BE(methodId, 9);
  return Buffer.concat([head, payload, Buffer.from([0xce])]);
}

function short(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
}

function long(text: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(text.length);
  return Buffer.concat([size, Buffer.from(text)]);
}

function table(values: Record<string, string>): Buffer {
  const members = Object.entries(values).map(([name, value]) =>
    Buffer.concat([short(name), Buffer.from('S'), long(value)]),
  );
  return long(Buffer.concat(members).toString('latin1'));
}
