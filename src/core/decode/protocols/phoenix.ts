import { attemptFields, FieldReader } from '../field-reader';
import { isRecord } from '../json/read';
import { idOf, jsonMessage, jsonShare, type Meaning } from '../json-message';
import { onePart, type Pair } from '../parts';
import { ByteReader } from '../reader';
import { NO, pathOf, queryOf, type Sniff, surest } from '../sniffing';
import { type Topics, topicsOf } from '../topics';
import { branch, cut, errorNode, kindOf, oneLine, previewValue } from '../tree';
import type { DecodeContext, Decoded, Decoder } from '../types';

/** A message of a channel, however it was written. */
interface Message {
  joinRef: string | undefined;
  ref: string | undefined;
  topic: string;
  event: string;
  payload: unknown;
}

/**
 * Phoenix channels: objects (serializer 1.0.0), arrays (2.0.0) and the binary messages of 2.0.0,
 * as `Phoenix.Socket.V2.JSONSerializer` and the JavaScript client write them.
 */
export const phoenix: Decoder = {
  id: 'phoenix',
  label: 'Phoenix channels',
  layer: 'protocol',
  sniff({ url }, samples) {
    const texts = samples.filter((sample) => sample.text);
    const part = jsonShare(texts, (value) => messageOf(value) !== undefined);
    return surest(sniffUrl(url), part > 0.9 ? { confidence: 0.95, reason: 'messages of topic, event and ref' } : NO);
  },
  decode(payload, context) {
    if (!context.text) return decodeBinary(payload, context);
    return jsonMessage(payload, context, (value) => {
      const message = messageOf(value);
      return message && explain(message, context, previewValue(message.payload));
    });
  },
};

function sniffUrl(url: string): Sniff {
  const version = queryOf(url, 'vsn');
  if (version === undefined || !/\/websocket\/?$/.test(pathOf(url))) return NO;
  return { confidence: 0.75, reason: `the URL ends in /websocket with vsn=${cut(version, 12)}` };
}

function messageOf(value: unknown): Message | undefined {
  if (Array.isArray(value)) {
    const [joinRef, ref, topic, event, payload] = value as unknown[];
    if (value.length !== 5 || typeof topic !== 'string' || typeof event !== 'string') return undefined;
    if (!isRef(joinRef) || !isRef(ref)) return undefined;
    return { joinRef: idOf(joinRef), ref: idOf(ref), topic, event, payload };
  }
  if (!isRecord(value) || !('payload' in value) || !('ref' in value)) return undefined;
  const { topic, event, payload, ref, join_ref: joinRef } = value;
  if (typeof topic !== 'string' || typeof event !== 'string') return undefined;
  return { joinRef: idOf(joinRef), ref: idOf(ref), topic, event, payload };
}

function isRef(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function explain(message: Message, { direction }: DecodeContext, preview: string): Meaning {
  const { topic, event, payload } = message;
  const status = event === 'phx_reply' && isRecord(payload) ? String(payload.status) : '';
  return {
    kind: `${event} ${topic}`,
    summary: `${event}${status && ` ${cut(status, 40)}`} ${topic} ${preview}`,
    parts: onePart(
      pairOf(message, direction),
      topic === 'phoenix' ? undefined : topicsOf(actOf(event, direction), [topic]),
    ),
    heartbeat: topic === 'phoenix' && (event === 'heartbeat' || event === 'phx_reply'),
  };
}

/** What the server always replies to. A channel may answer any other push with nothing (`{:noreply, socket}`). */
const ANSWERED = /^(phx_join|phx_leave|heartbeat)$/;

/** A join's ref is the join_ref of all that follows in its channel, so pushes from the server are its events. */
function pairOf({ joinRef, ref, event }: Message, direction: DecodeContext['direction']): Pair | undefined {
  if (direction === 'sent') {
    return ref === undefined
      ? undefined
      : { id: ref, role: 'request', ...(!ANSWERED.test(event) && { optional: true }) };
  }
  if (event === 'phx_reply') return ref === undefined ? undefined : { id: ref, role: 'reply' };
  const id = joinRef ?? ref;
  if (id === undefined) return undefined;
  return { id, role: event === 'phx_close' || event === 'phx_error' ? 'end' : 'event' };
}

/** What the server says by itself comes from the channel; replies and the client's own pushes are about it. */
function actOf(event: string, direction: DecodeContext['direction']): Topics['act'] {
  if (direction === 'sent') return event === 'phx_join' ? 'open' : event === 'phx_leave' ? 'end' : 'about';
  if (event === 'phx_reply') return 'about';
  return event === 'phx_close' || event === 'phx_error' ? 'end' : 'event';
}

const KINDS = ['push', 'reply', 'broadcast'];

/** A kind byte, a byte for each length, the texts, and the rest is the payload. */
function decodeBinary(payload: Uint8Array, context: DecodeContext): Decoded {
  const fields = new FieldReader(new ByteReader(payload));
  const message: Message = { joinRef: undefined, ref: undefined, topic: '', event: '', payload: undefined };
  let preview = '';
  const problem = attemptFields(fields, () => {
    const kind = fields.u8('kind', (value) => KINDS[value]);
    const named = partsOf(kind, context.direction);
    const sizes = named.map((name) => fields.u8(`${name} size`));
    const texts = named.map((name, i) => fields.text(name, sizes[i] ?? 0));
    const part = (name: string) => texts[named.indexOf(name)] || undefined;
    message.joinRef = part('join_ref');
    message.ref = part('ref');
    message.topic = part('topic') ?? '';
    message.event = kind === 1 ? 'phx_reply' : (part('event') ?? '');
    const inner = fields.payload('payload', fields.left);
    message.payload = kind === 1 ? { status: part('status'), response: inner.value() } : inner.value();
    preview = inner.preview;
  });
  if (problem) fields.nodes.push(errorNode(problem.message, problem.at));
  const { kind = '', summary = '', parts } = explain(message, context, preview);
  return {
    tree: branch('', 'object', oneLine(summary, 120), fields.nodes, { start: 0, end: payload.length }),
    summary: oneLine(problem ? `${summary} (${problem.message})` : summary),
    kind: kindOf(kind),
    ...(parts && { parts }),
    ...(problem && { problem }),
    json: () => message.payload,
  };
}

/** A push of the server has no ref, one of the client has. */
function partsOf(kind: number, direction: DecodeContext['direction']): string[] {
  if (kind === 1) return ['join_ref', 'ref', 'topic', 'status'];
  if (kind === 2) return ['topic', 'event'];
  return direction === 'sent' ? ['join_ref', 'ref', 'topic', 'event'] : ['join_ref', 'topic', 'event'];
}
