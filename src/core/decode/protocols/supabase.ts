import { attemptFields, FieldReader } from '../field-reader';
import { isRecord } from '../json/read';
import { jsonShare, textOf } from '../json-message';
import { onePart } from '../parts';
import { ByteReader } from '../reader';
import { NO, pathOf, type Sniff, surest } from '../sniffing';
import { topicsOf } from '../topics';
import { branch, cut, errorNode, kindOf, oneLine, previewValue } from '../tree';
import type { Decoded, Decoder, Sample } from '../types';
import { phoenix } from './phoenix';

/**
 * Supabase Realtime: Phoenix channels with events of its own, and binary broadcasts of its serializer 2.0.0 (`Serializer`
 * of @supabase/realtime-js). https://supabase.com/docs/guides/realtime/protocol.
 */
export const supabase: Decoder = {
  id: 'supabase',
  label: 'Supabase Realtime',
  layer: 'protocol',
  sniff: ({ url }, samples) => surest(sniffUrl(url), sniffTopics(samples)),
  decode(payload, context) {
    if (!context.text && (payload[0] === 3 || payload[0] === 4)) return decodeBroadcast(payload);
    const decoded = phoenix.decode(payload, context);
    return decoded.problem ? decoded : named(decoded);
  },
};

function sniffUrl(url: string): Sniff {
  return /\/realtime\/v1\/websocket\/?$/.test(pathOf(url))
    ? { confidence: 0.98, reason: 'the path is /realtime/v1/websocket' }
    : NO;
}

function sniffTopics(samples: Sample[]): Sniff {
  const texts = samples.filter((sample) => sample.text);
  const topics = jsonShare(texts, (value) => topicOf(value).startsWith('realtime:'));
  const all = jsonShare(texts, (value) => topicOf(value).startsWith('realtime:') || topicOf(value) === 'phoenix');
  return topics > 0 && all === 1 ? { confidence: 0.97, reason: 'topics that begin with realtime:' } : NO;
}

function topicOf(value: unknown): string {
  if (Array.isArray(value)) return typeof value[2] === 'string' ? value[2] : '';
  return textOf(value, 'topic');
}

/** The table and what happened to it, or the name of a broadcast. */
function named(decoded: Decoded): Decoded {
  const value = decoded.json?.();
  const [event, payload] = Array.isArray(value)
    ? [value[3] as unknown, value[4] as unknown]
    : isRecord(value)
      ? [value.event, value.payload]
      : [];
  const word = wordOf(event, payload);
  if (word === '') return decoded;
  const shown = isRecord(payload) ? previewValue(payload.data ?? payload.payload ?? payload, 220) : '';
  return {
    ...decoded,
    kind: kindOf(`${String(event)} ${word}`),
    summary: oneLine(`${String(event)} ${word} ${shown}`),
  };
}

function wordOf(event: unknown, payload: unknown): string {
  if (event === 'broadcast') return cut(textOf(payload, 'event'), 60);
  if (event !== 'postgres_changes' || !isRecord(payload)) return '';
  const { data } = payload;
  return cut(`${textOf(data, 'type')} ${textOf(data, 'schema')}.${textOf(data, 'table')}`, 120);
}

/** A kind byte, a byte for each length and for how the payload is written, the texts, the payload. */
function decodeBroadcast(payload: Uint8Array): Decoded {
  const fields = new FieldReader(new ByteReader(payload));
  const texts: Record<string, string> = {};
  let preview = '';
  let value: unknown;
  const problem = attemptFields(fields, () => {
    const push = fields.u8('kind', (kind) => (kind === 3 ? 'broadcast push' : 'broadcast')) === 3;
    const names = [...(push ? ['join_ref', 'ref'] : []), 'topic', 'event', 'metadata'];
    const sizes = names.map((name) => fields.u8(`${name} size`));
    fields.u8('encoding', (encoding) => (encoding === 1 ? 'JSON' : 'binary'));
    names.forEach((name, i) => {
      texts[name] = fields.text(name, sizes[i] ?? 0);
    });
    const inner = fields.payload('payload', fields.left);
    preview = inner.preview;
    value = inner.value();
  });
  if (problem) fields.nodes.push(errorNode(problem.message, problem.at));
  const title = `broadcast ${texts.event ?? ''}`;
  const ref = texts.ref ?? '';
  const parts = onePart(
    ref === '' ? undefined : { id: ref, role: 'request', optional: true },
    topicsOf('ref' in texts ? 'about' : 'event', [texts.topic ?? '']),
  );
  return {
    tree: branch('', 'object', cut(title, 120), fields.nodes, { start: 0, end: payload.length }),
    summary: oneLine(`${title} ${texts.topic ?? ''} ${preview}`),
    kind: kindOf(title),
    json: () => ({ ...texts, payload: value }),
    ...(parts && { parts }),
    ...(problem && { problem }),
  };
}
