import type { Direction } from '../../model/frame';
import type { FieldReader } from '../field-reader';
import { Broken, type Problem } from '../reader';
import { connectReturnName, PACKET_TYPES, reasonName } from './mqtt-names';
import { canBeProperties, readProperties } from './mqtt-properties';

/**
 * What is remembered of a connection: its version (3, 4 or 5; 0 while CONNECT was not seen, nor a packet that has one
 * form in MQTT 5 and another before) and topic aliases.
 */
export interface MqttSession {
  version: number;
  aliases: Record<Direction, Map<number, string>>;
}

/** What a packet is, for the row, the kind and the pair. */
export interface MqttPacket {
  type: (typeof PACKET_TYPES)[number];
  direction: Direction;
  /** Words after the type: topic, reason. */
  words: string;
  /** Topic of PUBLISH, first filter of SUBSCRIBE and UNSUBSCRIBE. */
  topic?: string;
  /** All filters of SUBSCRIBE and UNSUBSCRIBE. */
  filters?: string[];
  id?: number;
  qos?: number;
  json?: () => unknown;
  problem?: Problem;
  /** Its end is not there yet. */
  unfinished?: boolean;
}

/** The most aliases remembered of a direction, and the longest topic. */
const MAX_ALIASES = 256;
const MAX_ALIAS_TOPIC = 1024;

/**
 * Reads the variable header and payload of one packet (MQTT 3.1.1 and 5, chapter 3) whose fixed header is read:
 * `fields` covers the packet's remaining bytes. Throws Broken where it stops; `packet` keeps what was found.
 */
export function readPacket(fields: FieldReader, flags: number, session: MqttSession, packet: MqttPacket): void {
  switch (packet.type) {
    case 'CONNECT':
      readConnect(fields, session, packet);
      break;
    case 'CONNACK':
      readConnack(fields, session, packet);
      break;
    case 'PUBLISH':
      readPublish(fields, flags, session, packet);
      break;
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      packet.id = fields.u16('packet id');
      packet.words = String(packet.id);
      if (fields.left > 0) readReasonAndProperties(fields, session, packet);
      break;
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      readFilters(fields, session, packet);
      break;
    case 'SUBACK':
    case 'UNSUBACK':
      readFilterReasons(fields, session, packet);
      break;
    case 'DISCONNECT':
    case 'AUTH':
      if (fields.left > 0) readReasonAndProperties(fields, session, packet);
      break;
    default:
      if (fields.left > 0) fields.blob('unexpected', fields.left);
  }
}

function readConnect(fields: FieldReader, session: MqttSession, packet: MqttPacket): void {
  fields.text16('protocol name');
  session.version = fields.u8('protocol level', levelName);
  const flags = fields.u8('connect flags', connectFlags);
  fields.u16('keep alive', 's');
  if (session.version === 5) readProperties(fields, 'properties');
  packet.words = fields.text16('client id');
  if (flags & 0x04) {
    if (session.version === 5) readProperties(fields, 'will properties');
    packet.words += ` will ${fields.text16('will topic')}`;
    fields.payload('will payload', fields.source.u16(), fields.at - 2);
  }
  if (flags & 0x80) packet.words += ` user ${fields.text16('user name')}`;
  if (flags & 0x40) fields.blob('password', fields.source.u16(), fields.at - 2);
}

function levelName(level: number): string | undefined {
  return { 3: 'MQTT 3.1', 4: 'MQTT 3.1.1', 5: 'MQTT 5' }[level];
}

function connectFlags(flags: number): string {
  const words = [flags & 2 ? 'clean start' : 'resume session'];
  if (flags & 4) words.push(`will QoS ${(flags >> 3) & 3}${flags & 32 ? ' retained' : ''}`);
  if (flags & 128) words.push('user name');
  if (flags & 64) words.push('password');
  return words.join(', ');
}

function readConnack(fields: FieldReader, session: MqttSession, packet: MqttPacket): void {
  // Only MQTT 5 has properties here, and always: CONNACK is two bytes long before.
  if (session.version === 0) session.version = fields.left > 2 ? 5 : 4;
  const flags = fields.u8('acknowledge flags', (value) => (value & 1 ? 'session present' : 'new session'));
  const code = fields.u8('reason code', (value) =>
    session.version === 5 ? reasonName(value) : connectReturnName(value),
  );
  const reason = (session.version === 5 ? reasonName(code) : connectReturnName(code)) ?? `code ${code}`;
  packet.words = `${reason}${flags & 1 ? ', session present' : ''}`;
  if (fields.left > 0) readProperties(fields, 'properties');
}

function readPublish(fields: FieldReader, flags: number, session: MqttSession, packet: MqttPacket): void {
  const qos = (flags >> 1) & 3;
  packet.qos = qos;
  packet.topic = fields.text16('topic');
  packet.words = packet.topic;
  if (qos === 3) throw new Broken('QoS 3 is not allowed (§3.3.1.2)', fields.at);
  if (qos > 0) packet.id = fields.u16('packet id');
  if (session.version === 5 || (session.version === 0 && canBeProperties(fields, packet.type))) {
    const alias = readProperties(fields, 'properties', session.version === 0 ? 'MQTT 5 assumed' : undefined).get(35);
    resolveAlias(alias, session.aliases[packet.direction], packet, fields);
  }
  const marks = [qos > 0 ? ` QoS ${qos}` : '', flags & 8 ? ' dup' : '', flags & 1 ? ' retain' : ''].join('');
  packet.words = `${packet.topic}${marks}`;
  const payload = fields.payload('payload', fields.left);
  packet.words += ` ${payload.preview}`;
  packet.json = payload.value;
}

/** MQTT 5 §3.3.2.3.4: an empty topic stands for the one that its alias was given before. */
function resolveAlias(alias: unknown, aliases: Map<number, string>, packet: MqttPacket, fields: FieldReader): void {
  if (typeof alias !== 'number') return;
  if (packet.topic !== '' && packet.topic !== undefined) {
    if (aliases.size < MAX_ALIASES) aliases.set(alias, packet.topic.slice(0, MAX_ALIAS_TOPIC));
    return;
  }
  const known = aliases.get(alias);
  packet.topic = known ?? `alias ${alias}`;
  const node = fields.nodes.find((field) => field.name === 'topic');
  if (node)
    node.note = known === undefined ? `alias ${alias}, given before this recording` : `alias ${alias}: ${known}`;
}

function readFilters(fields: FieldReader, session: MqttSession, packet: MqttPacket): void {
  packet.id = fields.u16('packet id');
  // A filter's length has a high byte of 0 in practice; in MQTT 5 a property length stands before it.
  learnVersion(session, !looksLikeFilter(fields) && canBeProperties(fields, packet.type) ? 5 : 4);
  if (session.version === 5) readProperties(fields, 'properties');
  const filters: string[] = [];
  packet.filters = filters;
  while (fields.left > 0) {
    filters.push(fields.text16('topic filter'));
    if (packet.type === 'SUBSCRIBE') fields.u8('options', subscribeOptions);
    packet.topic = filters[0];
    if (filters.length <= 8) packet.words = filters.join(', ');
  }
  if (filters.length > 8) packet.words += ` and ${filters.length - 8} more`;
}

function subscribeOptions(options: number): string {
  const words = [`QoS ${options & 3}`];
  if (options & 4) words.push('no local');
  if (options & 8) words.push('retain as published');
  if (options & 0x30) words.push(`retain handling ${(options >> 4) & 3}`);
  return words.join(', ');
}

function readFilterReasons(fields: FieldReader, session: MqttSession, packet: MqttPacket): void {
  packet.id = fields.u16('packet id');
  packet.words = String(packet.id);
  // Before MQTT 5 nothing more is in UNSUBACK.
  if (packet.type === 'UNSUBACK') learnVersion(session, fields.left > 0 ? 5 : 4);
  if (session.version === 5) readProperties(fields, 'properties');
  const failed: string[] = [];
  while (fields.left > 0) {
    const code = fields.u8('reason code', reasonName);
    if (code >= 128) failed.push(reasonName(code) ?? `code ${code}`);
  }
  if (failed.length > 0) packet.words += ` ${failed.slice(0, 4).join(', ')}`;
}

/** Only MQTT 5 has reasons in the packets that this is for. */
function readReasonAndProperties(fields: FieldReader, session: MqttSession, packet: MqttPacket): void {
  learnVersion(session, 5);
  const code = fields.u8('reason code', reasonName);
  if (code !== 0) packet.words += `${packet.words ? ' ' : ''}${reasonName(code) ?? `code ${code}`}`;
  if (fields.left > 0) {
    const reason = readProperties(fields, 'properties').get(31);
    if (typeof reason === 'string') packet.words += `: ${reason}`;
  }
}

/** Where CONNECT was not seen, other packets tell the version. */
function learnVersion(session: MqttSession, version: number): void {
  if (session.version === 0) session.version = version;
}

/** Whether a topic filter of a plausible length follows. Moves nothing. */
function looksLikeFilter({ source }: FieldReader): boolean {
  const length = ((source.bytes[source.at] ?? 0) << 8) | (source.bytes[source.at + 1] ?? 0);
  return length > 0 && length + 2 <= source.left;
}

/** The type of a packet from its first byte. */
export function packetType(first: number): (typeof PACKET_TYPES)[number] {
  return PACKET_TYPES[first >> 4] ?? 'reserved';
}
