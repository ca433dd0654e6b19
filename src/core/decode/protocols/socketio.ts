import { onePart, type Pair } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { Broken } from '../reader';
import { headText, NO, pathOf, type Sniff, share, surest } from '../sniffing';
import { bytesNode, cut, kindOf, nodeOfValue, oneLine, previewBytes, previewValue } from '../tree';
import type { DecodeContext, Decoded, Decoder, Sample } from '../types';
import { decodeControl, isEngineText, notEngineIo } from './engineio';
import { type EnginePacket, packetTree, readEnginePacket } from './engineio-packet';
import { expectAttachments, takeAttachment } from './socketio-attachments';
import { readMsgpackPacket } from './socketio-msgpack';
import { readTextPacket, type SocketPacket } from './socketio-packet';

/**
 * Socket.IO over Engine.IO, protocol versions 4 and 5 (Socket.IO 1 to 4), with binary attachments and acks, and with
 * socket.io-msgpack-parser: https://socket.io/docs/v4/socket-io-protocol/.
 */
export const socketIo: Decoder = {
  id: 'socket.io',
  label: 'Socket.IO',
  layer: 'protocol',
  sniff: (context, samples) => surest(sniffUrl(context.url, samples), sniffMessages(samples)),
  decode(payload, context) {
    try {
      const packet = readEnginePacket(payload, context);
      if (packet.type !== 'message') return decodeControl(payload, packet);
      return packet.text ? decodeText(payload, packet, context) : decodeBytes(payload, packet, context);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return notEngineIo(payload, context, error);
    }
  },
};

const PACKET = /^4(0|1|[2356](\d+-)?(\/[^,]*,)?\d*\[|4(\/[^,]*,)?["{])/;

function sniffUrl(url: string, samples: Sample[]): Sniff {
  if (!/\/socket\.io\/?$/.test(pathOf(url)) || !url.includes('EIO=')) return NO;
  const texts = samples.filter((sample) => sample.text);
  return share(texts, isPacket) > 0.5 || texts.length === 0
    ? { confidence: 0.97, reason: 'the path is /socket.io with EIO in the URL' }
    : NO;
}

function sniffMessages(samples: Sample[]): Sniff {
  const texts = samples.filter((sample) => sample.text);
  const packed = samples.filter(({ text, payload }) => !text && readMsgpackPacket(payload, 0) !== undefined).length;
  if (packed > 0 && packed === samples.length - texts.length && texts.every(isPacket)) {
    return { confidence: 0.92, reason: 'messages are Socket.IO packets in MessagePack' };
  }
  const events = texts.some(
    (sample) => /^(4[23]|45|46)/.test(headText(sample)) || /^40\{"sid":/.test(headText(sample)),
  );
  return events && share(texts, isPacket) > 0.9 ? { confidence: 0.92, reason: 'messages are Socket.IO packets' } : NO;
}

function isPacket(sample: Sample): boolean {
  const text = headText(sample);
  return text.startsWith('4') ? PACKET.test(text) : isEngineText(text);
}

function decodeText(payload: Uint8Array, engine: EnginePacket, context: DecodeContext): Decoded {
  const { packet, nodes, data } = readTextPacket(engine.bytes, engine.start);
  expectAttachments(packet, context);
  const decoded = meaningOf(packet, context);
  return {
    ...decoded,
    tree: packetTree(payload, decoded.summary, [engine.node, ...nodes]),
    ...(data?.problem && { problem: data.problem }),
  };
}

/** A binary message: an attachment, or a packet of the MessagePack parser, or unknown bytes. */
function decodeBytes(payload: Uint8Array, engine: EnginePacket, context: DecodeContext): Decoded {
  const data = engine.bytes.subarray(engine.start);
  const attachment = takeAttachment(data, context);
  const range = engine.inPlace ? { start: engine.start, end: payload.length } : {};
  if (attachment) {
    const { packet, place, total, whole } = attachment;
    const name = nameOf(packet, context);
    const nodes = [engine.node, bytesNode('attachment', data, { ...range, note: `${place} of ${total}` })];
    if (whole !== undefined) nodes.push(nodeOfValue(packet.type === 'BINARY_ACK' ? 'ack' : 'event', whole));
    return {
      tree: packetTree(payload, `attachment ${place} of ${total}`, nodes),
      summary: oneLine(`attachment ${place} of ${total} of ${name}: ${previewBytes(data)}`),
      kind: kindOf(`${name} attachment`),
      json: () => ({ packet: 'message', attachment: data, ...(whole !== undefined && { data: whole }) }),
    };
  }
  const packed = engine.inPlace ? readMsgpackPacket(engine.bytes, engine.start) : undefined;
  if (packed) {
    const decoded = meaningOf(packed.packet, context);
    return { ...decoded, tree: packetTree(payload, decoded.summary, [engine.node, ...packed.nodes]) };
  }
  return {
    tree: packetTree(payload, 'attachment', [engine.node, bytesNode('attachment', data, range)]),
    summary: oneLine(`attachment ${previewBytes(data)}`),
    kind: 'attachment',
    json: () => ({ packet: 'message', attachment: data }),
  };
}

/** What a packet means, but for its tree. */
function meaningOf(packet: SocketPacket, context: DecodeContext): Omit<Decoded, 'tree'> {
  const { type, namespace, id, data } = packet;
  const name = nameOf(packet, context);
  const where = namespace === '/' ? '' : ` ${cut(namespace, 80)}`;
  const ack = id === undefined ? '' : ` #${id}`;
  const parts = onePart(pairOf(packet, context));
  return {
    summary: oneLine(`${wordOf(packet, name)}${ack}${where} ${argumentsOf(packet)}`),
    kind: kindOf(name),
    json: () => ({ packet: 'message', type, namespace, ...(id !== undefined && { id }), data }),
    ...(parts && { parts }),
  };
}

function wordOf({ type }: SocketPacket, name: string): string {
  return type === 'EVENT' || type === 'BINARY_EVENT' ? name.slice('event:'.length) : name;
}

function argumentsOf({ type, data }: SocketPacket): string {
  if (data === undefined) return '';
  if (!Array.isArray(data)) return previewValue(data, 200);
  const rest: unknown[] = type === 'EVENT' || type === 'BINARY_EVENT' ? data.slice(1, 20) : data.slice(0, 20);
  const shown = rest.map((item) => previewValue(item, 200)).join(', ');
  return shown.replace(/\{_placeholder: true, num: (\d+)\}/g, (_, num: string) => `<attachment ${Number(num) + 1}>`);
}

/** The kind: events by their name, acks by the name of the event they answer, if it was seen. */
function nameOf(packet: SocketPacket, context: DecodeContext): string {
  const { direction } = context;
  const { type, data, id, namespace } = packet;
  if (type === 'EVENT' || type === 'BINARY_EVENT') {
    const first: unknown = Array.isArray(data) ? data[0] : undefined;
    return `event:${typeof first === 'string' ? cut(first, 80) : typeof first === 'number' ? first : '?'}`;
  }
  if (type === 'ACK' || type === 'BINARY_ACK') {
    const asked = rememberedName(context, askedBy(direction === 'sent' ? 'received' : 'sent', namespace, id));
    return asked === '' ? 'ack' : `ack:${asked}`;
  }
  return type === 'CONNECT_ERROR' ? 'connect error' : type.toLowerCase();
}

/** Who asked for an ack, where, and its number: both sides count on their own, in each namespace. */
function askedBy(direction: string, namespace: string, id: number | undefined): string {
  return `${direction} ${cut(namespace, 200)} #${id}`;
}

function pairOf(packet: SocketPacket, context: DecodeContext): Pair | undefined {
  const { type, namespace, id, data } = packet;
  const { direction } = context;
  // Version 4 connects everybody to the main namespace, unasked.
  if (type === 'CONNECT' && direction === 'received' && namespace === '/' && data === undefined) return undefined;
  if (type === 'CONNECT' || type === 'CONNECT_ERROR') {
    return { id: `connect ${cut(namespace, 200)}`, role: direction === 'sent' ? 'request' : 'reply' };
  }
  if (id === undefined || type === 'DISCONNECT') return undefined;
  if (type === 'ACK' || type === 'BINARY_ACK') {
    const asked = askedBy(direction === 'sent' ? 'received' : 'sent', namespace, id);
    // Its attachments are still to come under its name.
    if (type === 'ACK') forgetName(context, asked);
    return { id: asked, role: 'reply' };
  }
  const key = askedBy(direction, namespace, id);
  rememberName(context, key, nameOf(packet, context).slice('event:'.length));
  return { id: key, role: 'request' };
}
