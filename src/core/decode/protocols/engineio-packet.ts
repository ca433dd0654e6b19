import { Broken, utf8 } from '../reader';
import { queryOf } from '../sniffing';
import { branch, errorNode, leaf } from '../tree';
import type { DecodeContext, DecodedNode } from '../types';

/** Engine.IO protocol, "Packet encoding": the types by their digit. */
const ENGINE_TYPES = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'] as const;
export type EngineType = (typeof ENGINE_TYPES)[number];

/** One Engine.IO packet of a WebSocket message. */
export interface EnginePacket {
  type: EngineType;
  /** What carries the data: the payload itself, or the bytes of its base64. */
  bytes: Uint8Array;
  /** Offset in `bytes` where the data begins. */
  start: number;
  /** Whether the data are text. */
  text: boolean;
  /** Whether `bytes` is the payload, so that offsets in it can be shown. */
  inPlace: boolean;
  node: DecodedNode;
}

/**
 * Reads the packet of a WebSocket message. In version 4 bytes are a message as they are, in version 3 a type byte
 * comes first; which of them it is is told by `EIO` in the URL, else by who sends pings.
 *
 * @throws Broken where the type is none
 */
export function readEnginePacket(payload: Uint8Array, context: DecodeContext): EnginePacket {
  if (!context.text) return readBinary(payload, context);
  if (payload[0] === 0x62) return readBase64(payload, context);
  const type = typeAt(payload, 0, 0x30);
  if (type === 'ping' && context.state.version === undefined)
    context.state.version = context.direction === 'sent' ? 3 : 4;
  return packet(type, payload, 1, true, String.fromCharCode(payload[0] as number));
}

function readBinary(payload: Uint8Array, { url, state }: DecodeContext): EnginePacket {
  const version = Number(queryOf(url, 'EIO') ?? state.version ?? 4);
  if (version >= 4) return packet('message', payload, 0, false, 'binary');
  return packet(typeAt(payload, 0, 0), payload, 1, false, String(payload[0]));
}

/** `b` and base64, where the client cannot send bytes; version 3 has the type's digit between. */
function readBase64(payload: Uint8Array, context: DecodeContext): EnginePacket {
  const digit = (payload[1] ?? 0) >= 0x30 && (payload[1] ?? 0) <= 0x36 && queryOf(context.url, 'EIO') === '3';
  const bytes = fromBase64(payload, digit ? 2 : 1);
  const type = digit ? typeAt(payload, 1, 0x30) : 'message';
  return { ...packet(type, bytes, 0, false, 'base64'), inPlace: false };
}

function fromBase64(payload: Uint8Array, start: number): Uint8Array {
  try {
    return Uint8Array.from(atob(utf8(payload.subarray(start))), (c) => c.charCodeAt(0));
  } catch (error) {
    throw new Broken(`not base64: ${error instanceof Error ? error.name : 'error'}`, start);
  }
}

function typeAt(payload: Uint8Array, at: number, zero: number): EngineType {
  const code = payload[at];
  const type = code === undefined ? undefined : ENGINE_TYPES[code - zero];
  if (type === undefined) throw new Broken('not an Engine.IO packet type', at);
  return type;
}

function packet(type: EngineType, bytes: Uint8Array, start: number, text: boolean, note: string): EnginePacket {
  const node = leaf('packet', 'field', type, { note, start: 0, end: start });
  return { type, bytes, start, text, inPlace: true, node };
}

/** The tree of a packet: what is known of it, in order. */
export function packetTree(payload: Uint8Array, value: string, children: DecodedNode[]): DecodedNode {
  return branch('', 'object', value, children, { start: 0, end: payload.length });
}

/** The tree of a packet that could not be read to its end. */
export function brokenTree(payload: Uint8Array, broken: Broken, children: DecodedNode[] = []): DecodedNode {
  return packetTree(payload, broken.message, [...children, errorNode(broken.message, broken.at)]);
}
