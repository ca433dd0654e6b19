import { type JsonReading, readJson } from '../json/read';
import { Broken, utf8 } from '../reader';
import { leaf } from '../tree';
import type { DecodedNode } from '../types';

/** Socket.IO protocol v5, "Packet types". v4 calls CONNECT_ERROR `ERROR`. */
export const SOCKET_TYPES = [
  'CONNECT',
  'DISCONNECT',
  'EVENT',
  'ACK',
  'CONNECT_ERROR',
  'BINARY_EVENT',
  'BINARY_ACK',
] as const;
export type SocketType = (typeof SOCKET_TYPES)[number];

/** A packet, however it was written. */
export interface SocketPacket {
  type: SocketType;
  /** Binary messages that follow and belong to it. */
  attachments: number;
  namespace: string;
  id: number | undefined;
  data: unknown;
}

/** A packet that was written as text, with what was read of it. */
export interface TextPacket {
  packet: SocketPacket;
  nodes: DecodedNode[];
  data: JsonReading | undefined;
}

/**
 * Reads `<type>[<attachments>-][<namespace>,][<ack id>][data]` from `start` on; broken data are kept in `data`.
 *
 * @throws Broken where there is no packet type
 */
export function readTextPacket(bytes: Uint8Array, start: number): TextPacket {
  const type = SOCKET_TYPES[(bytes[start] ?? 0) - 0x30];
  if (type === undefined) throw new Broken('not a Socket.IO packet type', start);
  const nodes = [
    leaf('type', 'field', type, { note: String.fromCharCode(bytes[start] as number), start, end: start + 1 }),
  ];
  const packet: SocketPacket = { type, attachments: 0, namespace: '/', id: undefined, data: undefined };
  let at = start + 1;
  const number = (name: string): number => {
    const end = digitsEnd(bytes, at);
    const value = Number(utf8(bytes.subarray(at, end)));
    nodes.push(leaf(name, 'number', String(value), { start: at, end }));
    at = end;
    return value;
  };
  if (bytes[digitsEnd(bytes, at)] === 0x2d && digitsEnd(bytes, at) > at) {
    packet.attachments = number('attachments');
    at++;
  }
  if (bytes[at] === 0x2f) {
    const comma = bytes.indexOf(0x2c, at);
    const end = comma < 0 ? bytes.length : comma;
    packet.namespace = utf8(bytes.subarray(at, end));
    nodes.push(leaf('namespace', 'string', packet.namespace, { start: at, end }));
    at = Math.min(end + 1, bytes.length);
  }
  if (digitsEnd(bytes, at) > at) packet.id = number('id');
  if (at >= bytes.length) return { packet, nodes, data: undefined };
  const data = readJson(bytes, at, bytes.length, 'data');
  packet.data = data.value();
  return { packet, nodes: [...nodes, data.node], data };
}

/** Offset after at most fifteen digits: more are no number of a packet. */
function digitsEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < at + 15 && (bytes[i] ?? 0) >= 0x30 && (bytes[i] ?? 0) <= 0x39) i++;
  return i;
}
