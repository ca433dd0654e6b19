import { json } from '../encodings/json';
import { msgpackFormat } from '../encodings/msgpack-format';
import { compactJson } from '../json/compact';
import { isRecord, readJson } from '../json/read';
import type { Meaning } from '../json-message';
import { joinParts, onePart } from '../parts';
import { attempt, Broken, ByteReader, type Problem } from '../reader';
import { headText, NO, type Sniff, share } from '../sniffing';
import { itemNode } from '../structure/nodes';
import { itemValue, skipItem } from '../structure/walk';
import { annotated, branch, errorNode, itemCount, kindOf, oneLine } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../types';
import { explainHub, fromArray, fromJson, hubType } from './signalr-message';

/** Ends every record of the JSON hub protocol, and the handshake of all. */
const SEPARATOR = 0x1e;
/** Records in one message beyond this are left unread. */
const MOST_RECORDS = 500;

/**
 * ASP.NET Core SignalR, JSON and MessagePack hub protocols:
 * https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md.
 */
export const signalR: Decoder = {
  id: 'signalr',
  label: 'SignalR',
  layer: 'protocol',
  sniff: (_, samples) => sniffRecords(samples),
  decode(payload, context) {
    const records: HubRecord[] = [];
    const text = context.text || (payload[0] === 0x7b && payload.at(-1) === SEPARATOR);
    const problem = attempt(() => (text ? readText(payload, context, records) : readPacked(payload, context, records)));
    return decodedFrom(payload, records, problem, context);
  },
};

function sniffRecords(samples: Sample[]): Sniff {
  const texts = samples.filter((sample) => sample.text);
  const ended = share(texts, ({ payload }) => payload.at(-1) === SEPARATOR);
  if (texts.length > 0 && ended > 0.9 && share(texts, isTextRecord) > 0.9) {
    return { confidence: 0.96, reason: 'JSON records that end in 0x1e' };
  }
  const context: DecodeContext = { url: '', protocol: '', direction: 'received', text: false, state: {} };
  const packed = samples.filter((sample) => !sample.text && sample.payload.length < 65_536);
  const read = share(packed, ({ payload }) => {
    const records: HubRecord[] = [];
    return attempt(() => readPacked(payload, context, records)) === undefined && records.length > 0;
  });
  return read > 0.9 && texts.length === 0 ? { confidence: 0.9, reason: 'MessagePack hub messages with lengths' } : NO;
}

function isTextRecord(sample: Sample): boolean {
  return /^\{("type":[1-9]\b|"protocol":"|"error":"|\}\u001e|.*"type":[1-9]\b)/.test(headText(sample));
}

interface HubRecord {
  node: DecodedNode;
  meaning: Meaning;
  value: () => unknown;
}

function decodedFrom(
  payload: Uint8Array,
  records: HubRecord[],
  problem: Problem | undefined,
  context: DecodeContext,
): Decoded {
  const [first] = records;
  if (first === undefined)
    return { ...json.decode(payload, context), problem: problem ?? { message: 'no hub message', at: 0 } };
  const many = records.length > 1;
  const nodes = records.map(({ node }) => node);
  if (problem) nodes.push(errorNode(problem.message, problem.at));
  const summary = records.slice(0, 10).map(({ meaning }) => meaning.summary);
  const parts = joinParts(records.map(({ meaning }) => meaning));
  return {
    tree: nodes.length > 1 ? branch('', 'array', itemCount(records.length), nodes) : { ...first.node, name: '' },
    summary: oneLine(`${many ? `${records.length} messages: ` : ''}${summary.join(' · ')}`),
    kind: kindOf(first.meaning.kind ?? ''),
    json: () => (many ? records.map(({ value }) => value()) : first.value()),
    ...(parts && { parts }),
    ...(records.every(({ meaning }) => meaning.heartbeat) && { heartbeat: true }),
    ...(problem && { problem }),
  };
}

function readText(payload: Uint8Array, context: DecodeContext, records: HubRecord[]): void {
  for (let at = 0; at < payload.length && records.length < MOST_RECORDS; ) {
    const separator = payload.indexOf(SEPARATOR, at);
    const end = separator < 0 ? payload.length : separator;
    const { node, value, problem } = readJson(payload, at, end, String(records.length));
    const parsed = problem ? undefined : value();
    const message = fromJson(parsed);
    const type = message?.type ?? '';
    const meaning = message
      ? explainHub(message, context)
      : explainHandshake(parsed, compactJson(payload, at, end, 200));
    records.push({ node: annotated(node, type === '' ? {} : { type }), meaning, value });
    if (problem) throw new Broken(problem.message, problem.at);
    if (separator < 0) throw new Broken('no 0x1e after the message', payload.length);
    at = separator + 1;
  }
}

/** The client names the protocol, the server answers with nothing or an error. */
function explainHandshake(value: unknown, shown: string): Meaning {
  const asks = isRecord(value) && typeof value.protocol === 'string';
  const answers = isRecord(value) && (Object.keys(value).length === 0 || typeof value.error === 'string');
  if (!asks && !answers) return { kind: '', summary: shown };
  return {
    kind: 'handshake',
    summary: `handshake ${shown}`,
    parts: onePart({ id: 'handshake', role: asks ? 'request' : 'reply' }),
  };
}

/** Names of the places in a MessagePack hub message. */
const PLACES: Record<string, string[]> = {
  Invocation: ['type', 'headers', 'invocationId', 'target', 'arguments', 'streamIds'],
  StreamItem: ['type', 'headers', 'invocationId', 'item'],
  Completion: ['type', 'headers', 'invocationId', 'resultKind', 'result'],
  StreamInvocation: ['type', 'headers', 'invocationId', 'target', 'arguments', 'streamIds'],
  CancelInvocation: ['type', 'headers', 'invocationId'],
  Ping: ['type'],
  Close: ['type', 'error', 'allowReconnect'],
  Ack: ['type', 'sequenceId'],
  Sequence: ['type', 'sequenceId'],
};

/** Each message has its length before it, seven bits a byte, at most five. */
function readPacked(payload: Uint8Array, context: DecodeContext, records: HubRecord[]): void {
  for (let at = 0; at < payload.length && records.length < MOST_RECORDS; ) {
    const reader = new ByteReader(payload, at);
    const length = reader.varuint(5);
    const start = reader.at;
    const end = start + length;
    if (end > payload.length) throw new Broken(`a message of ${length} bytes, ${payload.length - start} left`, start);
    if (skipItem(msgpackFormat, payload.subarray(0, end), start) !== end)
      throw new Broken('more than one value', start);
    const value = itemValue(msgpackFormat, payload, start);
    const message = fromArray(value);
    if (message === undefined) throw new Broken('not a hub message', start);
    const names = PLACES[message.type] ?? [];
    const node = itemNode(msgpackFormat, String(records.length), payload, start, end);
    records.push({
      node: named(node, names),
      meaning: explainHub(message, context),
      value: () => objectOf(value, names),
    });
    at = end;
  }
}

/** The array with its places named as the JSON hub protocol names them. */
function named(node: DecodedNode, names: string[]): DecodedNode {
  const { children } = node;
  return {
    ...node,
    type: 'object',
    children: () =>
      (children?.() ?? []).map((child, i) => {
        const type = i === 0 ? hubType(Number(child.value)) : undefined;
        return { ...child, name: names[i] ?? child.name, ...(type && { note: type }) };
      }),
  };
}

function objectOf(value: unknown, names: string[]): unknown {
  const places: unknown[] = Array.isArray(value) ? value : [];
  return Object.fromEntries(places.map((place, i) => [names[i] ?? String(i), place]));
}
