import { isRecord } from '../json/read';
import { idOf, jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { rememberedName, rememberName } from '../pending-names';
import { NO } from '../sniffing';
import { previewValue } from '../tree';
import type { DecodeContext, Decoded, Decoder } from '../types';

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
    const telling = samples.length > 0 && part > 0.9;
    return telling ? { confidence: 0.9, reason: 'messages whose msg is one of DDP' } : NO;
  },
  decode: (payload, context) => jsonMessage(payload, context, (value) => explain(value, context)),
};

/** Servers of before version 1 said this first; it is still sent. */
function isServerId(value: unknown): boolean {
  return isRecord(value) && 'server_id' in value && !('msg' in value);
}

function explain(value: unknown, context: DecodeContext): Meaning | undefined {
  if (isServerId(value)) return { kind: 'server_id' };
  const msg = textOf(value, 'msg');
  if (!isRecord(value) || !MESSAGES.includes(msg)) return undefined;
  const pair = pairOf(msg, value, context.direction);
  const what = subject(msg, value) || (pair ? rememberedName(context, pair.id) : '');
  if (pair?.role === 'request' && what !== '') rememberName(context, pair.id, what);
  return {
    kind: what === '' ? msg : `${msg} ${what}`,
    summary: `${msg} ${what} ${details(msg, value)}`.replace(/ {2,}/g, ' '),
    pair,
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

function pairOf(msg: string, value: Record<string, unknown>, direction: DecodeContext['direction']): Decoded['pair'] {
  const id = idOf(value.id);
  switch (msg) {
    case 'connect':
      return { id: 'connect', role: 'request' };
    case 'connected':
    case 'failed':
      return { id: 'connect', role: 'reply' };
    case 'ping':
      return { id: `ping ${direction} ${id ?? ''}`, role: 'request' };
    case 'pong':
      return { id: `ping ${direction === 'sent' ? 'received' : 'sent'} ${id ?? ''}`, role: 'reply' };
    case 'method':
      return id === undefined ? undefined : { id: `method ${id}`, role: 'request' };
    case 'result':
      return id === undefined ? undefined : { id: `method ${id}`, role: 'reply' };
    case 'updated':
      return idOf(first(value.methods)) === undefined
        ? undefined
        : { id: `method ${idOf(first(value.methods))}`, role: 'event' };
    case 'sub':
      return id === undefined ? undefined : { id: `sub ${id}`, role: 'request' };
    case 'ready':
      return idOf(first(value.subs)) === undefined
        ? undefined
        : { id: `sub ${idOf(first(value.subs))}`, role: 'reply' };
    case 'nosub':
      // With an error it answers the subscription, without one it ends it.
      return id === undefined ? undefined : { id: `sub ${id}`, role: 'error' in value ? 'reply' : 'end' };
    default:
      return undefined;
  }
}

function first(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
