import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A connection as it crossed the wire; each message as `text …` or `binary …` in hexadecimal. */
export interface WireConnection {
  /** With its query. */
  path: string;
  /** From the page's side, as everywhere. */
  sent: string[];
  received: string[];
  closed: boolean;
}

/** How a message is written down, so that it can be compared. */
export function described(kind: string, payload: Buffer): string {
  return `${kind} ${payload.toString(kind === 'text' ? 'utf8' : 'hex')}`;
}

/**
 * Reads along, below whatever server answers it, what crosses an upgraded connection. Compression is not read: no
 * server here agrees to it.
 */
export function readAlong(request: IncomingMessage, socket: Duplex): WireConnection {
  const connection: WireConnection = { path: request.url ?? '/', sent: [], received: [], closed: false };
  const readSent = messageReader((message) => connection.sent.push(message));
  const readReceived = messageReader((message) => connection.received.push(message));
  const emit = socket.emit.bind(socket);
  socket.emit = (event: string, ...values: unknown[]) => {
    if (event === 'data') readSent(values[0] as Buffer);
    return emit(event, ...values);
  };
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let head: Buffer | null = Buffer.alloc(0);
  socket.write = (...args: unknown[]) => {
    const bytes = Buffer.from(args[0] as Buffer);
    if (head) {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf('\r\n\r\n');
      if (end >= 0) {
        readReceived(head.subarray(end + 4));
        head = null;
      }
    } else readReceived(bytes);
    return write(...args);
  };
  socket.on('close', () => {
    connection.closed = true;
  });
  return connection;
}

/** Takes bytes of frames (RFC 6455, section 5.2) as they come, and hands out whole messages. */
function messageReader(message: (described: string) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let kind = '';
  let parts: Buffer[] = [];
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
      rest = rest.subarray(frame.length);
      if (frame.opcode > 2) continue;
      if (frame.opcode > 0) kind = frame.opcode === 1 ? 'text' : 'binary';
      parts.push(frame.payload);
      if (!frame.final) continue;
      message(described(kind, Buffer.concat(parts)));
      parts = [];
    }
  };
}

function readFrame(bytes: Buffer) {
  if (bytes.length < 2) return null;
  const [first, second] = bytes;
  const short = second & 0x7f;
  const sized = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  const start = sized + (second & 0x80 ? 4 : 0);
  if (bytes.length < start) return null;
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const length = start + size;
  if (bytes.length < length) return null;
  const payload = Buffer.from(bytes.subarray(start, length));
  const mask = bytes.subarray(sized, start);
  if (mask.length > 0) for (let i = 0; i < payload.length; i++) payload[i] ^= mask[i % 4];
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload, length };
}
