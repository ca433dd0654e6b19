import { isRecord } from '../json/read';
import { idOf, jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { joinParts, MOST_PARTS, onePart, type Pair } from '../parts';
import { rememberedName, rememberName } from '../pending-names';
import { NO } from '../sniffing';
import { previewValue } from '../tree';
import type { DecodeContext, Decoder } from '../types';

const MESSAGES = [
  ...['connect', 'connected', 'failed', 'ping', 'pong', 'sub', 'unsub', 'nosub', 'added', 'changed', 'removed'],
  ...['ready', 'addedBefore', 'movedBefore', 'method', 'result', 'updated', 'error'],
];

/** DDP of Meteor, versions pre1 to 1 (meteor/packages/ddp/DDP.md). */
export const ddp: Decoder = {
  id: 'ddp',
  label: 'DDP (Meteor)',
  layer: 'protocol',
  sniff(_, samples) {
    const part = jsonShare(samples, (value) => MESSAGES.includes(textOf(value, 'msg')) || isServerId(value));
    const telling = jsonShare(samples, (value) => isTelling(textOf(value, 'msg')));
    return part > 0.9 && telling > 0 ? { confidence: 0.9, reason: 'messages whose msg is one of DDP' } : NO;
  },
  decode: (payload, context) => jsonMessage(payload, context, (value) => explain(value, context)),
};

/** Whether `msg` is a word of DDP that other programs do not say as well. */
function isTelling(msg: string): boolean {
  return MESSAGES.includes(msg) && !/^(ping|pong|error)$/.test(msg);
}

/** Servers of before version 1 said this first, and nothing else in it; it is still sent. */
function isServerId(value: unknown): boolean {
  return isRecord(value) && 'server_id' in value && Object.keys(value).length === 1;
}

function explain(value: unknown, context: DecodeContext): Meaning | undefined {
  if (isServerId(value)) return { kind: 'server_id' };
  const msg = textOf(value, 'msg');
  if (!isRecord(value) || !MESSAGES.includes(msg)) return undefined;
  const pairs = pairsOf(msg, value, context.direction);
  const [first] = pairs;
  const kindWith = (pair: Pair | undefined): string =>
    `${msg} ${subject(msg, value) || (pair ? rememberedName(context, pair.id) : '')}`.trim();
  const kind = kindWith(first);
  if (first?.role === 'request' && kind !== msg) rememberName(context, first.id, subject(msg, value));
  return {
    kind,
    summary: `${kind} ${details(msg, value)}`,
    parts: joinParts(pairs.map((pair) => ({ kind: kindWith(pair), parts: onePart(pair) }))),
    heartbeat: msg === 'ping' || msg === 'pong',
  };
}

/** What the message is about: a collection, a method, a publication. */
function subject(msg: string, value: Record<string, unknown>): string {
  if (msg === 'method') return textOf(value, 'method');
  return msg === 'sub' ? textOf(value, 'name') : textOf(value, 'collection');
}

function details(msg: string, value: Record<string, unknown>): string {
  const shown = { fields: value.fields, params: value.params, result: value.result, error: value.error };
  const part = shown.error ?? shown.fields ?? shown.params ?? shown.result;
  const prefix = value.error === undefined ? '' : 'error ';
  if (msg === 'error') return textOf(value, 'reason');
  const id = idOf(value.id) ?? '';
  return part === undefined ? id : `${id} ${prefix}${previewValue(part)}`;
}

/** Of `ready` and `updated` one for each subscription or method. */
function pairsOf(msg: string, value: Record<string, unknown>, direction: DecodeContext['direction']): Pair[] {
  const id = idOf(value.id);
  switch (msg) {
    case 'connect':
      return [{ id: 'connect', role: 'request' }];
    case 'connected':
    case 'failed':
      return [{ id: 'connect', role: 'reply' }];
    case 'ping':
      return [{ id: `ping ${direction} ${id ?? ''}`, role: 'request' }];
    case 'pong':
      return [{ id: `ping ${direction === 'sent' ? 'received' : 'sent'} ${id ?? ''}`, role: 'reply' }];
    case 'updated':
      return idsOf(value.methods).map((method) => ({ id: `method ${method}`, role: 'event' }));
    case 'ready':
      return idsOf(value.subs).map((sub) => ({ id: `sub ${sub}`, role: 'reply' }));
    default:
  }
  if (id === undefined) return [];
  switch (msg) {
    case 'method':
      return [{ id: `method ${id}`, role: 'request' }];
    case 'result':
      return [{ id: `method ${id}`, role: 'reply' }];
    case 'sub':
      return [{ id: `sub ${id}`, role: 'request' }];
    case 'nosub':
      // With an error it answers the subscription, without one it ends it.
      return [{ id: `sub ${id}`, role: 'error' in value ? 'reply' : 'end' }];
    default:
      return [];
  }
}

function idsOf(list: unknown): string[] {
  const items: unknown[] = Array.isArray(list) ? list.slice(0, MOST_PARTS) : [];
  return items.map(idOf).filter((id) => id !== undefined);
}
