import { attemptFields, FieldReader } from '../field-reader';
import { isRecord } from '../json/read';
import { jsonMessage, type Meaning } from '../json-message';
import { type Joined, joinParts } from '../parts';
import { ByteReader, utf8 } from '../reader';
import { NO, pathOf, type Sniff, sniffProtocol, surest } from '../sniffing';
import { branch, errorNode, kindOf, oneLine } from '../tree';
import type { DecodeContext, Decoded, Decoder, Sample } from '../types';
import { isCentrifugo, meaningOf } from './centrifugo-meaning';
import { type ProtobufValue, readMessage } from './centrifugo-protobuf';

/**
 * Centrifugo and Centrifuge, client protocol version 2: JSON lines in text messages, Protobuf messages with their
 * lengths before them in binary ones. Several commands or replies may share a message.
 */
export const centrifugo: Decoder = {
  id: 'centrifugo',
  label: 'Centrifugo',
  layer: 'protocol',
  sniff({ url, protocol }, samples) {
    const path = pathOf(url);
    return surest(
      sniffProtocol(protocol, ['centrifuge-json', 'centrifuge-protobuf']),
      /\/connection\/websocket$/.test(path) ? { confidence: 0.8, reason: 'the URL ends in /connection/websocket' } : NO,
      sniffMessages(samples),
    );
  },
  decode(payload, context) {
    if (!context.text) return decodeProtobuf(payload, context);
    return jsonMessage(payload, context, (value) => {
      const values: unknown[] = Array.isArray(value) ? value : [value];
      const meanings = values.slice(0, MAX_MESSAGES).flatMap((item) => {
        const meaning = meaningOf(item, context);
        return meaning ? [{ ...meaning, json: () => item }] : [];
      });
      return joined(meanings);
    });
  },
};

/** Most commands or replies of one message that are explained in its row. */
const MAX_MESSAGES = 100;

function joined(meanings: (Meaning & Joined)[]): Meaning | undefined {
  const [first] = meanings;
  if (first === undefined) return undefined;
  return {
    kind: first.kind,
    summary: meanings
      .slice(0, 8)
      .map((meaning) => meaning.summary)
      .join(' · '),
    parts: joinParts(meanings),
    heartbeat: meanings.every((meaning) => meaning.heartbeat),
  };
}

function decodeProtobuf(payload: Uint8Array, context: DecodeContext): Decoded {
  const fields = new FieldReader(new ByteReader(payload));
  const type = context.direction === 'sent' ? 'Command' : 'Reply';
  const values: ProtobufValue[] = [];
  const meanings: (Meaning & Joined)[] = [];
  const problem = attemptFields(fields, () => {
    while (fields.left > 0) {
      const length = fields.source.varuint(5);
      const value: ProtobufValue = {};
      values.push(value);
      fields.group(type, length, (inner) => {
        readMessage(inner, type, value);
        const meaning = meanings.length < MAX_MESSAGES ? meaningOf(value, context) : undefined;
        if (meaning) meanings.push({ ...meaning, json: () => value });
        return meaning?.summary ?? '';
      });
    }
  });
  if (problem) fields.nodes.push(errorNode(problem.message, problem.at));
  const { kind = '', summary = `${values.length} messages`, parts, heartbeat } = joined(meanings) ?? {};
  return {
    tree: branch('', 'array', oneLine(summary, 120), fields.nodes, { start: 0, end: payload.length }),
    summary: oneLine(problem ? `${summary} (${problem.message})` : summary),
    kind: kindOf(kind),
    ...(parts && { parts }),
    ...(heartbeat && { heartbeat }),
    ...(problem && { problem }),
    json: () => (values.length === 1 ? values[0] : values),
  };
}

/** Longer messages are not looked into for choosing the decoder, in bytes. */
const SNIFFED = 4096;

function sniffMessages(samples: Sample[]): Sniff {
  const short = samples.filter((sample) => sample.payload.length > 0 && sample.payload.length <= SNIFFED);
  const told = short.map((sample) => (sample.text ? tellsJson(sample) : tellsProtobuf(sample)));
  if (told.some((tells) => tells === undefined) || !told.includes(true)) return NO;
  return { confidence: 0.9, reason: 'commands and replies of Centrifugo' };
}

/** Whether the lines are commands or replies; `undefined` if one cannot be. */
function tellsJson(sample: Sample): boolean | undefined {
  let tells = false;
  for (const line of utf8(sample.payload).split('\n')) {
    const value = parseLine(line);
    if (isCentrifugo(value)) tells = true;
    else if (
      line.trim() !== '' &&
      !(isRecord(value) && Object.keys(value).every((name) => /^(id|error)$/.test(name)))
    ) {
      return undefined;
    }
  }
  return tells;
}

function tellsProtobuf({ payload, direction }: Sample): boolean | undefined {
  const context: DecodeContext = { url: '', protocol: '', direction, text: false, state: {} };
  const { problem, kind, heartbeat, json } = decodeProtobuf(payload, context);
  if (problem || kind === '') return undefined;
  const values: unknown = json?.();
  const known = (Array.isArray(values) ? values : [values]).every(
    (value) => isRecord(value) && Object.keys(value).every((name) => !name.startsWith('field ')),
  );
  return known ? !heartbeat : undefined;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
