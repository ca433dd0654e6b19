import { continueStream, holdUnfinished, type StreamPart, streamHead } from '../byte-stream';
import { attemptFields, FieldReader } from '../field-reader';
import { joinParts, onePart, type Pair } from '../parts';
import { Broken, ByteReader, type Problem } from '../reader';
import { NO, sniffProtocol } from '../sniffing';
import { type Topics, topicsOf } from '../topics';
import { branch, errorNode, kindOf, leaf, oneLine } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../types';
import { type MqttPacket, type MqttSession, packetType, readPacket } from './mqtt-packets';

/**
 * MQTT 3.1, 3.1.1 and 5 (OASIS). A message may hold several packets, and a packet may span messages (MQTT 5 §6):
 * the unfinished one is kept in the state and shown whole in the message that ends it.
 */
export const mqtt: Decoder = {
  id: 'mqtt',
  label: 'MQTT',
  layer: 'protocol',
  sniff(context, samples) {
    const named = sniffProtocol(context.protocol, ['mqtt', 'mqttv5', 'mqttv3.1']);
    if (named.confidence > 0 || samples.length === 0 || samples.some((sample) => sample.text)) return named;
    if (isConnect(streamHead(samples, 'sent'))) {
      return { confidence: 0.98, reason: 'begins with a CONNECT packet of the protocol name MQTT' };
    }
    const whole = samples.length >= 3 && samples.every(isWhole) && readWell(samples);
    return whole ? { confidence: 0.6, reason: 'every message is whole MQTT packets' } : NO;
  },
  decode(payload, context) {
    const part = continueStream(payload, context);
    const session = sessionOf(context);
    const fields = new FieldReader(new ByteReader(part.bytes, part.at), part.base);
    const packets: MqttPacket[] = [];
    const before = continuation(part);
    const problem = attemptFields(fields, () => {
      while (fields.left > 0) {
        if (!readOne(fields, session, packets, context)) return;
      }
    });
    return describePackets(payload, [...before, ...fields.nodes], packets, problem, context);
  },
};

function continuation({ at, missing }: StreamPart): DecodedNode[] {
  if (at === 0) return [];
  const value = missing > 0 ? `${at} B, ${missing} B of the packet to come` : `${at} B, end of the packet`;
  return [leaf('continuation', 'field', value, { start: 0, end: at })];
}

/** Reads the packet at the reader's place; false when its end is not there yet. */
function readOne(fields: FieldReader, session: MqttSession, packets: MqttPacket[], context: DecodeContext): boolean {
  const { source } = fields;
  const start = source.at;
  const first = source.u8();
  const type = packetType(first);
  if (type === 'reserved') throw new Broken('packet type 0 is reserved (§2.1.2)', start);
  if (!flagsAllowed(first)) throw new Broken(`${type} may not have the flags ${first & 15} (§2.1.3)`, start);
  const length = remainingLength(source);
  const missing = length === undefined ? 1 : length - source.left;
  const packet: MqttPacket = { type, direction: context.direction, words: '' };
  packets.push(packet);
  if (missing > 0) {
    source.at = source.end;
    const node = fields.add(
      type,
      'field',
      `unfinished, ${length === undefined ? 'some' : missing} bytes to come`,
      start,
    );
    packet.words = `(${node.value})`;
    packet.unfinished = true;
    holdUnfinished(source.bytes.subarray(start), missing, context);
    return false;
  }
  const total = source.at - start + (length ?? 0);
  source.at = start;
  fields.group(type, total, (inner) => {
    inner.u8('fixed header', () => fixedHeader(first));
    inner.varuint('remaining length', 4);
    try {
      readPacket(inner, first & 15, session, packet);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      // The length says where the next packet begins, so one broken packet does not hide the others.
      inner.nodes.push(errorNode(error.message, Math.max(0, error.at - inner.base)));
      packet.words ||= `broken: ${error.message}`;
      packet.problem = { message: `${type}: ${error.message}`, at: Math.max(0, error.at - inner.base) };
    }
    return packet.words;
  });
  return true;
}

/** The remaining length (MQTT 5 §2.1.4), or undefined if its own end is not there. */
function remainingLength(source: ByteReader): number | undefined {
  const start = source.at;
  for (let count = 0; count < 4 && start + count < source.end; count++) {
    if ((source.bytes[start + count] ?? 0) < 0x80) return source.varuint(4);
  }
  if (source.left >= 4) throw new Broken('remaining length is longer than four bytes (§2.1.4)', start);
  return undefined;
}

/** Fixed-header flags other than of PUBLISH are fixed (MQTT 5 §2.1.3). */
function flagsAllowed(first: number): boolean {
  const type = packetType(first);
  if (type === 'PUBLISH') return true;
  return (first & 15) === (type === 'PUBREL' || type === 'SUBSCRIBE' || type === 'UNSUBSCRIBE' ? 2 : 0);
}

function fixedHeader(first: number): string {
  const type = packetType(first);
  if (type !== 'PUBLISH') return type;
  return `PUBLISH QoS ${(first >> 1) & 3}${first & 8 ? ' dup' : ''}${first & 1 ? ' retain' : ''}`;
}

function describePackets(
  payload: Uint8Array,
  nodes: DecodedNode[],
  packets: MqttPacket[],
  stopped: Problem | undefined,
  context: DecodeContext,
): Decoded {
  const main = packets.find((packet) => packet.type === 'PUBLISH' && !packet.unfinished) ?? packets[0];
  const problem = packets.find((packet) => packet.problem)?.problem ?? stopped;
  if (stopped) nodes = [...nodes, errorNode(stopped.message, stopped.at)];
  const words = packets.slice(0, 8).map((packet) => `${packet.type} ${packet.words}`.trim());
  if (packets.length > 8) words.push(`${packets.length - 8} more`);
  if (packets.length === 0) words.push(nodes[0]?.value ?? 'empty');
  const whole = packets.filter((packet) => !packet.unfinished);
  const parts = joinParts(
    whole.map((packet) => ({ kind: kindWords(packet), parts: onePart(pairOf(packet, context), subscribedBy(packet)) })),
  );
  return {
    tree: branch('', 'object', packets.length === 1 ? (words[0] ?? '') : `${packets.length} packets`, nodes, {
      start: 0,
      end: payload.length,
    }),
    summary: oneLine(words.join(' · ')),
    kind: kindOf(main ? kindWords(main) : 'fragment'),
    ...(parts && { parts }),
    ...(packets.length > 0 &&
      packets.every(({ type, unfinished }) => type.startsWith('PING') && !unfinished) && { heartbeat: true }),
    ...(problem && { problem }),
    ...(main?.json && { json: main.json }),
  };
}

function kindWords({ type, topic, unfinished }: MqttPacket): string {
  if (unfinished) return 'fragment';
  return topic === undefined ? type : `${type} ${topic}`;
}

/** What the client publishes is no event of what it subscribed to: the broker sends it back where it is. */
function subscribedBy({ type, direction, topic = '', filters = [] }: MqttPacket): Topics | undefined {
  if (type === 'SUBSCRIBE') return topicsOf('open', filters, '/');
  if (type === 'UNSUBSCRIBE') return topicsOf('end', filters, '/');
  return type === 'PUBLISH' ? topicsOf(direction === 'received' ? 'event' : 'about', [topic], '/') : undefined;
}

/** Ids are counted by each side for itself, so an id says who began the exchange. */
function pairOf(packet: MqttPacket, { direction }: DecodeContext): Pair | undefined {
  const other = direction === 'sent' ? 'received' : 'sent';
  switch (packet.type) {
    case 'CONNECT':
      return { id: 'connect', role: 'request' };
    case 'CONNACK':
      return { id: 'connect', role: 'reply' };
    case 'PINGREQ':
      return { id: 'ping', role: 'request' };
    case 'PINGRESP':
      return { id: 'ping', role: 'reply' };
    default:
  }
  if (packet.id === undefined) return undefined;
  switch (packet.type) {
    case 'PUBLISH':
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      return { id: `${direction} ${packet.id}`, role: 'request' };
    case 'PUBREL':
      return { id: `${direction} ${packet.id}`, role: 'event' };
    case 'PUBREC':
      return { id: `${other} ${packet.id}`, role: 'event' };
    default:
      return { id: `${other} ${packet.id}`, role: 'reply' };
  }
}

function sessionOf({ state }: DecodeContext): MqttSession {
  state.session ??= { version: 0, aliases: { sent: new Map(), received: new Map() } };
  return state.session as MqttSession;
}

function isConnect(payload: Uint8Array): boolean {
  if (payload[0] !== 0x10) return false;
  const head = String.fromCharCode(...payload.subarray(1, 13));
  return head.includes('\u0000\u0004MQTT') || head.includes('\u0000\u0006MQIsdp');
}

/** Whether all of the packets hold what they should: their lengths alone are soon met by chance. */
function readWell(samples: Sample[]): boolean {
  const state = {};
  return samples.every(
    ({ payload, ...sample }) => mqtt.decode(payload, { url: '', protocol: '', ...sample, state }).problem === undefined,
  );
}

/** Whether the payload is whole packets with allowed fixed headers. */
function isWhole({ payload }: Sample): boolean {
  const source = new ByteReader(payload);
  while (source.left > 0) {
    const first = source.u8();
    if (packetType(first) === 'reserved' || !flagsAllowed(first) || source.left === 0) return false;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      if (shift > 21 || source.left === 0) return false;
      const byte = source.u8();
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (length > source.left) return false;
    source.at += length;
  }
  return true;
}
