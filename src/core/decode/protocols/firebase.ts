import { isRecord } from '../json/read';
import { idOf, jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { onePart } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { utf8 } from '../reader';
import { headText, NO, pathOf, queryOf, type Sniff, surest } from '../sniffing';
import { cut, detached, leaf, oneLine, previewValue } from '../tree';
import type { DecodeContext, Decoded, Decoder, Sample } from '../types';

/** Actions of the client: `PersistentConnection` of @firebase/database. */
const ACTIONS: Record<string, string> = {
  s: 'stats',
  q: 'listen',
  n: 'unlisten',
  g: 'get',
  p: 'put',
  m: 'merge',
  o: 'onDisconnect put',
  om: 'onDisconnect merge',
  oc: 'onDisconnect cancel',
  auth: 'auth',
  gauth: 'gauth',
  unauth: 'unauth',
  appcheck: 'appcheck',
  unappeck: 'unappcheck',
};
/** Actions of the server: `onDataPush_` there. */
const PUSHES: Record<string, string> = {
  d: 'data',
  m: 'data merge',
  rm: 'range merge',
  c: 'listen revoked',
  ac: 'auth revoked',
  apc: 'app check revoked',
  sd: 'security debug',
};
/** Control messages: `onControl_` in `Connection`. */
const CONTROLS: Record<string, string> = {
  h: 'handshake',
  n: 'end of transmission',
  s: 'shutdown',
  r: 'reset',
  e: 'error',
  o: 'pong',
  p: 'ping',
  t: 'switch',
  a: 'switch ack',
};

/**
 * Firebase Realtime Database: the wire protocol of @firebase/database, version 5 (`Connection`, `WebSocketConnection`).
 * A long message comes as its number of parts and then the parts; `0` keeps the connection alive.
 */
export const firebase: Decoder = {
  id: 'firebase',
  label: 'Firebase Realtime Database',
  layer: 'protocol',
  sniff: ({ url }, samples) => surest(sniffUrl(url), sniffMessages(samples)),
  decode(payload, context) {
    if (/^\d{1,6}$/.test(utf8(payload.subarray(0, 8)))) return decodeCount(payload, Number(utf8(payload)), context);
    const part = takePart(payload, context);
    if (part === undefined) return jsonMessage(payload, context, (value) => explain(value, context));
    return part;
  },
};

function sniffUrl(url: string): Sniff {
  return pathOf(url) === '/.ws' && queryOf(url, 'v') !== undefined
    ? { confidence: 0.97, reason: 'the path is /.ws with a version' }
    : NO;
}

function sniffMessages(samples: Sample[]): Sniff {
  const rest = samples.filter((sample) => !/^\d{1,6}$/.test(headText(sample)));
  const part = jsonShare(rest, isMessage);
  return part > 0.6 ? { confidence: 0.9, reason: 'messages of Firebase Realtime Database' } : NO;
}

/** Whether the envelope holds what its letter says: a control message, or a body with its number or action. */
function isMessage(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.d)) return false;
  const { t, r, a, b } = value.d;
  if (value.t === 'c') return typeof t === 'string' && Object.hasOwn(CONTROLS, t);
  return value.t === 'd' && b !== undefined && (idOf(r) !== undefined || typeof a === 'string');
}

/** Bytes of parts kept until the last comes, and parts that are waited for. */
const MOST_BYTES = 1024 * 1024;
const MOST_PARTS = 4096;

interface Parts {
  total: number;
  came: Uint8Array[];
  bytes: number;
}

function decodeCount(payload: Uint8Array, count: number, { state, direction }: DecodeContext): Decoded {
  const tree = leaf('', 'number', String(count), {
    note: count === 0 ? 'keepalive' : 'parts that follow',
    start: 0,
    end: payload.length,
  });
  if (count === 0) return { tree, summary: 'keepalive', kind: 'keepalive', heartbeat: true, json: () => count };
  if (count <= MOST_PARTS) state[`parts ${direction}`] = { total: count, came: [], bytes: 0 } satisfies Parts;
  return { tree, summary: `${count} parts follow`, kind: 'parts', json: () => count };
}

/** A message as a part of a longer one; `undefined` if no parts are waited for. The last one shows the whole. */
function takePart(payload: Uint8Array, context: DecodeContext): Decoded | undefined {
  const { state, direction } = context;
  const parts = state[`parts ${direction}`] as Parts | undefined;
  if (parts === undefined) return undefined;
  parts.bytes += payload.length;
  parts.came.push(parts.bytes <= MOST_BYTES ? payload : new Uint8Array());
  const { total, came, bytes } = parts;
  const place = `part ${came.length} of ${total}`;
  const words = utf8(payload);
  const node = leaf('', 'string', words, { note: place, start: 0, end: payload.length });
  if (came.length < total)
    return { tree: node, summary: oneLine(`${place}: ${words.slice(0, 1000)}`), kind: 'part', json: () => words };
  delete state[`parts ${direction}`];
  if (bytes > MOST_BYTES)
    return { tree: node, summary: oneLine(`${place}, too long to be shown whole`), kind: 'part', json: () => words };
  const whole = jsonMessage(joined(came, bytes), { ...context, text: true }, (value) => explain(value, context));
  const { problem, ...rest } = whole;
  return {
    ...rest,
    tree: { ...detached(whole.tree), note: `the whole of ${total} parts` },
    ...(problem && { problem: { message: `the whole: ${problem.message}`, at: 0 } }),
  };
}

function joined(parts: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function explain(value: unknown, context: DecodeContext): Meaning | undefined {
  if (!isRecord(value) || !isRecord(value.d)) return undefined;
  if (value.t === 'c') return explainControl(value.d);
  return value.t === 'd' ? explainData(value.d, context) : undefined;
}

function explainControl({ t, d }: Record<string, unknown>): Meaning {
  const name = CONTROLS[String(t)] ?? `control ${String(t)}`;
  return {
    kind: name,
    summary: `${name} ${d === undefined ? '' : previewValue(d, 240)}`,
    ...(/^p[io]ng$/.test(name) && { heartbeat: true }),
  };
}

/** `r` numbers the client's requests, `a` is the action, `b` its body with the path `p`. */
function explainData({ r, a, b }: Record<string, unknown>, context: DecodeContext): Meaning {
  const id = idOf(r);
  const path = cut(textOf(b, 'p'), 120);
  if (typeof a !== 'string') return explainReply(id, b, context);
  const known = context.direction === 'sent' ? ACTIONS[a] : PUSHES[a];
  const where = path === '' ? '' : ` /${path.replace(/^\//, '')}`;
  const name = `${known ?? `action ${cut(a, 20)}`}${where}`;
  const data = isRecord(b) && 'd' in b ? previewValue(b.d, 240) : '';
  if (id !== undefined) rememberName(context, id, name);
  return {
    kind: name,
    summary: `${name}${id === undefined ? '' : ` #${id}`} ${data}`,
    ...(id !== undefined && { parts: onePart({ id, role: 'request' }) }),
  };
}

function explainReply(id: string | undefined, body: unknown, context: DecodeContext): Meaning {
  const name = id === undefined ? '' : rememberedName(context, id);
  if (id !== undefined) forgetName(context, id);
  const status = cut(textOf(body, 's'), 40) || 'reply';
  const data = isRecord(body) && body.d !== undefined && body.d !== '' ? previewValue(body.d, 240) : '';
  return {
    kind: name === '' ? status : `${status} ${name}`,
    summary: `${status} ${name}${id === undefined ? '' : ` #${id}`} ${data}`,
    ...(id !== undefined && { parts: onePart({ id, role: 'reply' }) }),
  };
}
