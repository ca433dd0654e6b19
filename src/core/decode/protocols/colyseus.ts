import { msgpackFormat } from '../encodings/msgpack-format';
import { readRecords } from '../encodings/msgpack-records';
import { attemptFields, FieldReader } from '../field-reader';
import { isRecord } from '../json/read';
import { Broken, ByteReader } from '../reader';
import { NO, queryOf, type Sniff, share, surest } from '../sniffing';
import { itemNode, previewItem } from '../structure/nodes';
import { itemValue, skipItem } from '../structure/walk';
import { branch, cut, errorNode, kindOf, oneLine, previewBytes, previewValue } from '../tree';
import type { Decoded, Decoder, Sample } from '../types';

/** Codes of the first byte: `Protocol` of @colyseus/core. */
const CODES: Record<number, string> = {
  10: 'JOIN_ROOM',
  11: 'ERROR',
  12: 'LEAVE_ROOM',
  13: 'ROOM_DATA',
  14: 'ROOM_STATE',
  15: 'ROOM_STATE_PATCH',
  16: 'ROOM_DATA_SCHEMA',
  17: 'ROOM_DATA_BYTES',
  18: 'PING',
};

/**
 * Colyseus rooms, protocol of versions 0.14 to 0.17. State is written by @colyseus/schema against a schema that is made at
 * run time, so it stays bytes.
 */
export const colyseus: Decoder = {
  id: 'colyseus',
  label: 'Colyseus',
  layer: 'protocol',
  sniff: ({ url }, samples) => surest(sniffUrl(url, samples), sniffMessages(samples)),
  decode: (payload) => decodeCode(payload),
};

function isCoded({ text, payload }: Sample): boolean {
  return !text && CODES[payload[0] ?? 0] !== undefined;
}

function sniffUrl(url: string, samples: Sample[]): Sniff {
  if (queryOf(url, 'sessionId') === undefined) return NO;
  const part = share(samples, isCoded);
  return samples.length === 0 || part > 0.95
    ? { confidence: 0.9, reason: 'a sessionId in the URL and codes of rooms' }
    : NO;
}

/** Serializers of @colyseus/core. A room may have one of its own: its connection is known by the URL. */
const SERIALIZERS = new Set<unknown>(['schema', 'fossil-delta', 'none']);

/**
 * The first message of the server names the serializer; later on, named messages tell. The code alone does not: with
 * the same byte begins any Protobuf message whose first field is a text, and with other codes those of other fields.
 */
function sniffMessages(samples: Sample[]): Sniff {
  if (share(samples, isCoded) < 1) return NO;
  if (samples.some(({ payload }) => payload[0] === 10 && SERIALIZERS.has(serializerOf(payload)))) {
    return { confidence: 0.93, reason: 'the answer to joining a room' };
  }
  const data = samples.filter(({ payload }) => payload[0] === 13 && payload.length > 1);
  return data.length > 1 &&
    data.every(({ payload }) => readsWell(payload) && /^[a-z_][\w:. -]*$/i.test(decodeCode(payload).kind))
    ? { confidence: 0.6, reason: 'codes and named messages of rooms' }
    : NO;
}

function serializerOf(payload: Uint8Array): unknown {
  const { json, problem } = decodeCode(payload);
  const value = problem ? undefined : json?.();
  return isRecord(value) ? value.serializer : undefined;
}

function readsWell(payload: Uint8Array): boolean {
  return decodeCode(payload).problem === undefined;
}

interface Read {
  summary: string;
  kind: string;
  value: Record<string, unknown>;
}

function decodeCode(payload: Uint8Array): Decoded {
  const fields = new FieldReader(new ByteReader(payload));
  const read: Read = { summary: '', kind: '', value: {} };
  const problem = attemptFields(fields, () => {
    const code = fields.source.u8();
    const name = CODES[code];
    if (name === undefined) throw new Broken(`unknown code ${code}`, 0);
    fields.add('code', 'field', name, 0, String(code));
    Object.assign(read, { summary: name, kind: name, value: { code: name } });
    if (fields.left > 0) readBody(code, fields, payload, read);
  });
  if (problem) fields.nodes.push(errorNode(problem.message, problem.at));
  const { summary, kind, value } = read;
  return {
    tree: branch('', 'object', cut(summary, 120), fields.nodes, { start: 0, end: payload.length }),
    summary: oneLine(problem ? `${summary} (${problem.message})` : summary),
    kind: kindOf(kind),
    json: () => value,
    ...(kind === 'PING' && { heartbeat: true }),
    ...(problem && { problem }),
  };
}

function readBody(code: number, fields: FieldReader, payload: Uint8Array, read: Read): void {
  if (code === 10) {
    const token = fields.text8('reconnectionToken');
    const serializer = fields.text8('serializer');
    read.value = { ...read.value, reconnectionToken: token, serializer };
    read.summary += ` ${cut(serializer, 40)}`;
    if (fields.left > 0) fields.blob('handshake', fields.left);
  } else if (code === 11) {
    const number = readItem('error', fields, payload);
    const message = fields.left > 0 ? readItem('message', fields, payload) : undefined;
    read.value = { ...read.value, error: number.value, message: message?.value };
    read.summary += ` ${number.preview} ${message?.preview ?? ''}`;
  } else if (code === 13 || code === 17) {
    readMessage(code, fields, payload, read);
  } else {
    const bytes = fields.blob(code === 16 ? 'data' : 'state', fields.left);
    read.summary += ` ${previewBytes(bytes)}`;
  }
}

/** A type (a word or a number) and what was sent with it, MessagePack or bytes. */
function readMessage(code: number, fields: FieldReader, payload: Uint8Array, read: Read): void {
  const type = readItem('type', fields, payload);
  read.kind = String(type.value);
  read.value = { ...read.value, type: type.value };
  read.summary = cut(read.kind, 120);
  if (fields.left === 0) return;
  if (code === 17) {
    const bytes = fields.blob('message', fields.left);
    read.value = { ...read.value, message: bytes };
    read.summary += ` ${previewBytes(bytes)}`;
    return;
  }
  // Clients write objects as records of msgpackr.
  const start = fields.at;
  const { node, value, end, broken } = readRecords('message', payload, start);
  fields.source.at = end;
  fields.push(node, start);
  read.value = { ...read.value, message: value };
  read.summary += ` ${previewValue(value, 240)}`;
  if (broken) throw broken;
}

/** The numbers and strings of @colyseus/schema are those of MessagePack, but for the byte order of longer numbers. */
function readItem(name: string, fields: FieldReader, payload: Uint8Array): { value: unknown; preview: string } {
  const start = fields.at;
  const end = skipItem(msgpackFormat, payload, start);
  fields.source.at = end;
  fields.push(itemNode(msgpackFormat, name, payload, start, end), start);
  return { value: itemValue(msgpackFormat, payload, start), preview: previewItem(msgpackFormat, payload, start, 240) };
}
