import { isRecord } from '../json/read';
import { jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { onePart } from '../parts';
import { NO, type Sniff, sniffProtocol, surest } from '../sniffing';
import { cut, previewValue } from '../tree';
import type { DecodeContext, Decoder, Sample } from '../types';

/** Types of `HotPayload`. */
const TYPES = new Set(['connected', 'update', 'full-reload', 'custom', 'error', 'prune', 'ping', 'pong']);

/** Vite's hot module replacement: `HotPayload` in vite/types/hmrPayload.d.ts. */
export const vite: Decoder = {
  id: 'vite',
  label: 'Vite hot reload',
  layer: 'protocol',
  sniff: ({ protocol }, samples) => surest(sniffProtocol(protocol, ['vite-hmr', 'vite-ping']), sniffMessages(samples)),
  decode: (payload, context) => jsonMessage(payload, context, (value) => explain(value, context)),
};

function sniffMessages(samples: Sample[]): Sniff {
  const known = jsonShare(samples, (value) => TYPES.has(textOf(value, 'type')));
  const telling = jsonShare(samples, (value) => isRecord(value) && isTelling(value));
  return known === 1 && telling > 0 ? { confidence: 0.85, reason: 'updates of Vite' } : NO;
}

function isTelling(value: Record<string, unknown>): boolean {
  if (value.type === 'custom') return textOf(value, 'event').startsWith('vite:');
  if (value.type !== 'update' || !Array.isArray(value.updates) || value.updates.length === 0) return false;
  return value.updates.every((update) => /^(js|css)-update$/.test(textOf(update, 'type')));
}

function explain(value: unknown, context: DecodeContext): Meaning | undefined {
  const type = textOf(value, 'type');
  if (!isRecord(value) || !TYPES.has(type)) return undefined;
  switch (type) {
    case 'update':
      return { kind: type, summary: `update ${updatesOf(value.updates)}` };
    case 'custom':
      return explainCustom(value, context);
    case 'error':
      return { kind: type, summary: `error ${textOf(value.err, 'message')}` };
    case 'prune':
      return { kind: type, summary: `prune ${previewValue(value.paths, 240)}` };
    case 'full-reload':
      return { kind: type, summary: `full-reload ${textOf(value, 'path')}` };
    default:
      return { kind: type, summary: type, ...(type !== 'connected' && { heartbeat: true }) };
  }
}

function updatesOf(updates: unknown): string {
  const list: unknown[] = Array.isArray(updates) ? updates.slice(0, 10) : [];
  return list.map((update) => textOf(update, 'acceptedPath') || textOf(update, 'path')).join(', ');
}

/** `vite:invoke` asks and answers by an id: `send:1` by one side, `response:1` by the other. */
function explainCustom({ event, data }: Record<string, unknown>, { direction }: DecodeContext): Meaning {
  const name = typeof event === 'string' ? cut(event, 80) : '?';
  const meaning: Meaning = {
    kind: `custom:${name}`,
    summary: `${name} ${data === undefined ? '' : previewValue(data, 240)}`,
  };
  const [, word, id] = (name === 'vite:invoke' && /^(send|response):(.+)/.exec(textOf(data, 'id'))) || [];
  if (word === undefined || id === undefined) return meaning;
  const asker = (word === 'send') === (direction === 'sent') ? 'sent' : 'received';
  return { ...meaning, parts: onePart({ id: `${asker} ${id}`, role: word === 'send' ? 'request' : 'reply' }) };
}
