import { isRecord } from '../json/read';
import { jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { NO, pathOf, type Sniff, surest } from '../sniffing';
import { cut, previewValue } from '../tree';
import type { Decoder, Sample } from '../types';

/** Messages of webpack-dev-server 4 and 5: `onSocketMessage` in its client. */
const TYPES = new Set([
  'hot',
  'liveReload',
  'invalid',
  'hash',
  'logging',
  'overlay',
  'reconnect',
  'progress',
  'progress-update',
  'still-ok',
  'ok',
  'static-changed',
  'warnings',
  'errors',
  'error',
  'close',
]);

/** Hot reload of webpack-dev-server, and of Next.js, whose messages have an `action`. */
export const webpack: Decoder = {
  id: 'webpack',
  label: 'webpack hot reload',
  layer: 'protocol',
  sniff: ({ url }, samples) => surest(sniffUrl(url), sniffMessages(samples)),
  decode: (payload, context) => jsonMessage(payload, context, explain),
};

function sniffUrl(url: string): Sniff {
  return /\/_next\/webpack-hmr$/.test(pathOf(url))
    ? { confidence: 0.95, reason: 'the path is /_next/webpack-hmr' }
    : NO;
}

function sniffMessages(samples: Sample[]): Sniff {
  const known = jsonShare(samples, (value) => TYPES.has(textOf(value, 'type')));
  const telling = jsonShare(
    samples,
    (value) => textOf(value, 'type') === 'hash' || textOf(value, 'type') === 'liveReload',
  );
  return known === 1 && telling > 0 ? { confidence: 0.85, reason: 'messages of webpack-dev-server' } : NO;
}

function explain(value: unknown): Meaning | undefined {
  const type = textOf(value, 'type');
  if (!isRecord(value)) return undefined;
  if (!TYPES.has(type)) return explainAction(value, textOf(value, 'action') || textOf(value, 'event') || type);
  const { data } = value;
  if (Array.isArray(data)) return { kind: type, summary: `${type} ${data.length}: ${previewValue(data[0], 240)}` };
  return {
    kind: type,
    summary: `${type} ${data === undefined ? '' : typeof data === 'string' ? data : previewValue(data, 240)}`,
  };
}

/** Next.js: `{"action": "built", "hash": …}` from the server, `{"event": "ping", …}` from the page. */
function explainAction(value: Record<string, unknown>, action: string): Meaning | undefined {
  if (action === '') return undefined;
  const rest = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== action));
  const heartbeat = action === 'ping' || action === 'pong';
  return { kind: action, summary: `${cut(action, 80)} ${previewValue(rest, 240)}`, ...(heartbeat && { heartbeat }) };
}
