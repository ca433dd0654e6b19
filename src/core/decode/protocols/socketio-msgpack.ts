import { msgpackFormat } from '../encodings/msgpack-format';
import { isRecord } from '../json/read';
import { Broken } from '../reader';
import { itemNode } from '../structure/nodes';
import { itemValue, skipItem } from '../structure/walk';
import type { DecodedNode } from '../types';
import { SOCKET_TYPES, type SocketPacket } from './socketio-packet';

/** The highest byte that begins a MessagePack map of at most 15 members, as the parser writes them. */
const MAPS = { from: 0x82, to: 0x8f };

/**
 * The packet that socket.io-msgpack-parser wrote from `start` on: a MessagePack map of `type`, `data`, `nsp` and perhaps `id`.
 * `undefined` where the bytes are something else.
 */
export function readMsgpackPacket(
  bytes: Uint8Array,
  start: number,
): { packet: SocketPacket; nodes: DecodedNode[] } | undefined {
  const first = bytes[start] ?? 0;
  if (first < MAPS.from || first > MAPS.to || !isWhole(bytes, start)) return undefined;
  const value = itemValue(msgpackFormat, bytes, start);
  if (!isRecord(value) || typeof value.nsp !== 'string' || typeof value.type !== 'number') return undefined;
  const type = SOCKET_TYPES[value.type];
  if (type === undefined) return undefined;
  const id = typeof value.id === 'number' ? value.id : undefined;
  const packet: SocketPacket = { type, attachments: 0, namespace: value.nsp, id, data: value.data };
  const children = itemNode(msgpackFormat, '', bytes, start, bytes.length).children?.() ?? [];
  // Named as in text packets, so that paths are the same.
  const nodes = children.map((node): DecodedNode => {
    if (node.name === 'type') return { ...node, type: 'field', value: type, note: node.value };
    return node.name === 'nsp' ? { ...node, name: 'namespace' } : node;
  });
  return { packet, nodes };
}

function isWhole(bytes: Uint8Array, start: number): boolean {
  try {
    return skipItem(msgpackFormat, bytes, start) === bytes.length;
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  }
}
