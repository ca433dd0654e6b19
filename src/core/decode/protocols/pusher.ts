import { isRecord } from '../json/read';
import { jsonMessage, jsonShare, type Meaning } from '../json-message';
import { onePart, type Pair } from '../parts';
import { NO, pathOf, queryOf, surest } from '../sniffing';
import { previewValue } from '../tree';
import type { DecodeContext, Decoder } from '../types';

/** Pusher Channels and servers that speak its protocol 7 (Pusher Channels protocol; Soketi, Laravel Reverb). */
export const pusher: Decoder = {
  id: 'pusher',
  label: 'Pusher',
  layer: 'protocol',
  sniff({ url }, samples) {
    const byUrl = /\/app\/[^/]+$/.test(pathOf(url)) && queryOf(url, 'protocol') !== undefined;
    let own = 0;
    const part = jsonShare(samples, (value) => {
      if (isRecord(value) && /^pusher(_internal)?:/.test(String(value.event))) own++;
      return isMessage(value);
    });
    return surest(
      byUrl ? { confidence: 0.9, reason: 'the URL has /app/ with a key and a protocol version' } : NO,
      part > 0.9 && own > 0 ? { confidence: 0.95, reason: 'events named pusher:' } : NO,
    );
  },
  decode: (payload, context) => jsonMessage(payload, context, (value) => explain(value, context)),
};

function isMessage(value: unknown): value is Record<string, unknown> & { event: string } {
  return isRecord(value) && typeof value.event === 'string';
}

function explain(value: unknown, { direction }: DecodeContext): Meaning | undefined {
  if (!isMessage(value)) return undefined;
  const { event } = value;
  const data = dataOf(value.data);
  const given = value.channel ?? (isRecord(data) ? data.channel : undefined);
  const channel = typeof given === 'string' ? given : '';
  const preview = data === undefined ? '' : previewValue(data);
  return {
    kind: channel === '' ? event : `${event} ${channel}`,
    summary: `${event} ${channel} ${preview}`.replace(/ {2,}/g, ' '),
    parts: onePart(pairOf(event, channel, direction)),
    heartbeat: event === 'pusher:ping' || event === 'pusher:pong',
  };
}

/** Data of the server is JSON in a string. */
function dataOf(data: unknown): unknown {
  if (typeof data !== 'string' || !/^[[{"]/.test(data)) return data;
  try {
    return JSON.parse(data);
  } catch (error) {
    if (error instanceof SyntaxError) return data;
    throw error;
  }
}

function pairOf(event: string, channel: string, direction: DecodeContext['direction']): Pair | undefined {
  // Either side may ping, so the id says which one asked.
  if (event === 'pusher:ping') return { id: `ping ${direction}`, role: 'request' };
  if (event === 'pusher:pong') return { id: `ping ${direction === 'sent' ? 'received' : 'sent'}`, role: 'reply' };
  if (channel === '') return undefined;
  switch (event) {
    case 'pusher:subscribe':
      return { id: channel, role: 'request' };
    case 'pusher_internal:subscription_succeeded':
    case 'pusher:subscription_error':
      return { id: channel, role: 'reply' };
    case 'pusher:unsubscribe':
      return { id: channel, role: 'end' };
    default:
      return direction === 'received' ? { id: channel, role: 'event' } : undefined;
  }
}
