import { cbor } from '../encodings/cbor';
import { json } from '../encodings/json';
import { msgpack } from '../encodings/msgpack';
import { isRecord, readJson } from '../json/read';
import type { Meaning } from '../json-message';
import { onePart, type Pair } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { NO, sniffProtocol } from '../sniffing';
import { type Topics, topicsOf } from '../topics';
import { annotated, cut, kindOf, oneLine, previewValue } from '../tree';
import type { DecodeContext, Decoder, Sample } from '../types';
import { WAMP_MESSAGES, type WampMessage } from './wamp-messages';

/** Longer messages are not looked into for choosing the decoder, in bytes. */
const SNIFFED = 4096;

/** One message by the names of its fields. */
type Fields = Readonly<Record<string, unknown>>;

/** WAMP 2, basic and advanced profile, in its three encodings (wamp-proto.org, "The Web Application Messaging Protocol"). */
export const wamp: Decoder = {
  id: 'wamp',
  label: 'WAMP',
  layer: 'protocol',
  sniff({ protocol }, samples) {
    const named = sniffProtocol(protocol, ['wamp.2.json', 'wamp.2.msgpack', 'wamp.2.cbor']);
    if (named.confidence > 0 || samples.length === 0 || !samples.every(beginsArray)) return named;
    const values = samples.filter((sample) => sample.payload.length <= SNIFFED).map(sampleValue);
    if (!values.every(isWamp)) return NO;
    if (values.some((value) => /^(HELLO|WELCOME)$/.test(nameOf(value)))) {
      return { confidence: 0.95, reason: 'begins with HELLO or WELCOME of WAMP' };
    }
    const telling = values.length >= 3 && values.some(hasOptions);
    return telling ? { confidence: 0.7, reason: 'arrays that begin with codes of WAMP' } : NO;
  },
  decode(payload, context) {
    const decoded = encodingOf(payload, context).decode(payload, context);
    const value = decoded.problem ? undefined : decoded.json?.();
    const message = isMessage(value) ? WAMP_MESSAGES.get(value[0]) : undefined;
    if (message === undefined || !isMessage(value)) return decoded;
    const fields = Object.fromEntries(message.fields.map((name, i) => [name, value[i + 1]]));
    const notes = Object.fromEntries(message.fields.map((name, i) => [String(i + 1), name]));
    const { kind = message.name, summary = '', parts } = explain(message.name, fields, context);
    return {
      ...decoded,
      tree: annotated(decoded.tree, { ...notes, 0: message.name }),
      kind: kindOf(kind),
      summary: oneLine(summary),
      ...(parts && { parts }),
    };
  },
};

/** By subprotocol; else by how an array begins: MessagePack 0x90 to 0x9f and 0xdc, CBOR 0x80 to 0x8f and 0x9f. */
function encodingOf(payload: Uint8Array, { text, protocol }: Pick<DecodeContext, 'text' | 'protocol'>): Decoder {
  if (text) return json;
  if (protocol.includes('msgpack')) return msgpack;
  if (protocol.includes('cbor')) return cbor;
  const first = payload[0] ?? 0;
  return first >= 0x80 && first <= 0x8f ? cbor : msgpack;
}

function isMessage(value: unknown): value is [number, ...unknown[]] {
  return Array.isArray(value) && typeof value[0] === 'number';
}

function explain(name: string, fields: Fields, context: DecodeContext): Meaning {
  const pair = pairOf(name, fields);
  const about = subjectOf(name, fields, context);
  if (pair?.role === 'request' && about !== '') rememberName(context, pair.id, about);
  if (name === 'SUBSCRIBED' || name === 'REGISTERED') {
    rememberName(context, `${name} ${previewValue(fields.subscription ?? fields.registration, 40)}`, about, true);
  }
  if (pair?.role === 'reply') forgetName(context, pair.id);
  const error = name === 'ERROR' || name === 'ABORT' ? String(fields.error ?? fields.reason) : '';
  return {
    kind: about === '' ? name : `${name} ${about}`,
    summary: [name, about, cut(error, 100), carried(fields)].filter(Boolean).join(' '),
    parts: onePart(pair, name in ACTS ? topicsOf(ACTS[name], [about]) : undefined),
  };
}

/** Patterns are matched by the router: an event says which subscription it is for, and that has its name. */
const ACTS: Readonly<Record<string, Topics['act']>> = {
  SUBSCRIBE: 'open',
  SUBSCRIBED: 'about',
  EVENT: 'event',
  UNSUBSCRIBE: 'end',
  UNSUBSCRIBED: 'about',
};

/** The topic, procedure or realm, if the message or the request that it belongs to names one. */
function subjectOf(name: string, fields: Fields, context: DecodeContext): string {
  const own = fields.topic ?? fields.procedure ?? fields.realm;
  if (typeof own === 'string') return own;
  if (name === 'EVENT' || name === 'UNSUBSCRIBE')
    return rememberedName(context, `SUBSCRIBED ${previewValue(fields.subscription, 40)}`);
  if (name === 'INVOCATION') return rememberedName(context, `REGISTERED ${previewValue(fields.registration, 40)}`);
  const pair = pairOf(name, fields);
  return pair ? rememberedName(context, pair.id) : '';
}

function carried({ arguments: list, keywords, details, session, extra, reason }: Fields): string {
  const parts = [list, keywords]
    .filter((part) => part !== undefined && !isEmpty(part))
    .map((part) => previewValue(part));
  if (session !== undefined) parts.push(`session ${previewValue(session, 40)}`);
  if (typeof reason === 'string') parts.push(reason);
  if (parts.length === 0 && isRecord(extra)) parts.push(previewValue(extra));
  if (parts.length === 0 && isRecord(details) && typeof details.message === 'string') parts.push(details.message);
  return parts.join(' ');
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

/** The client counts its own requests, the router those it sends to callees: two scopes of ids. */
function pairOf(name: string, fields: Fields): Pair | undefined {
  const id = previewValue(fields.request, 40);
  switch (name) {
    case 'HELLO':
      return { id: 'session', role: 'request' };
    case 'WELCOME':
    case 'ABORT':
      return { id: 'session', role: 'reply' };
    case 'PUBLISH':
      // Acknowledged only if asked for.
      return isRecord(fields.options) && fields.options.acknowledge === true
        ? { id: `client ${id}`, role: 'request' }
        : undefined;
    case 'CALL':
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
    case 'REGISTER':
    case 'UNREGISTER':
      return { id: `client ${id}`, role: 'request' };
    case 'CANCEL':
      return { id: `client ${id}`, role: 'event' };
    case 'PUBLISHED':
    case 'SUBSCRIBED':
    case 'UNSUBSCRIBED':
    case 'REGISTERED':
    case 'UNREGISTERED':
      return { id: `client ${id}`, role: 'reply' };
    case 'RESULT':
      return { id: `client ${id}`, role: isProgress(fields.details) ? 'event' : 'reply' };
    case 'INVOCATION':
      return { id: `router ${id}`, role: 'request' };
    case 'INTERRUPT':
      return { id: `router ${id}`, role: 'event' };
    case 'YIELD':
      return { id: `router ${id}`, role: isProgress(fields.options) ? 'event' : 'reply' };
    case 'ERROR':
      return { id: `${fields.type === 68 ? 'router' : 'client'} ${id}`, role: 'reply' };
    default:
      return undefined;
  }
}

function isProgress(details: unknown): boolean {
  return isRecord(details) && details.progress === true;
}

function sampleValue({ payload, text, direction }: Sample): unknown {
  if (text) return readJson(payload).value();
  const context: DecodeContext = { url: '', protocol: '', direction, text, state: {} };
  const decoded = encodingOf(payload, context).decode(payload, context);
  return decoded.problem ? undefined : decoded.json?.();
}

function nameOf(value: unknown): string {
  return (isMessage(value) && WAMP_MESSAGES.get(value[0])?.name) || '';
}

/** Whether the first byte begins an array in JSON, MessagePack or CBOR. */
function beginsArray({ payload, text }: Sample): boolean {
  const first = payload[0] ?? 0;
  return text ? first === 0x5b : (first >= 0x80 && first <= 0x9f) || first === 0xdc || first === 0xdd;
}

/** A code of WAMP, as many fields as its message can have, and a record where options or details stand. */
function isWamp(value: unknown): boolean {
  if (!isMessage(value)) return false;
  const message = WAMP_MESSAGES.get(value[0]);
  if (message === undefined || value.length < 2 || value.length > message.fields.length + 1) return false;
  const options = value[optionsPlace(message)];
  return options === undefined || isRecord(options);
}

function hasOptions(value: unknown): boolean {
  const message = isMessage(value) ? WAMP_MESSAGES.get(value[0]) : undefined;
  return message !== undefined && isMessage(value) && isRecord(value[optionsPlace(message)]);
}

/** The place in the array of what is a record in every message that has it. */
function optionsPlace({ fields }: WampMessage): number {
  return fields.findIndex((field) => field === 'details' || field === 'options' || field === 'extra') + 1 || -1;
}
