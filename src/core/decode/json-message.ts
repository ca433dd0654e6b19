import { json } from './encodings/json';
import { isRecord, readJson } from './json/read';
import { share } from './sniffing';
import { kindOf, oneLine } from './tree';
import type { DecodeContext, Decoded, Sample } from './types';

/** What a protocol says of a JSON message; what is left out stays as the JSON decoder gives it. */
export type Meaning = Partial<Pick<Decoded, 'summary' | 'kind' | 'parts' | 'heartbeat'>>;

/**
 * Decodes a message of a protocol that speaks JSON: the tree is that of the JSON, `explain` tells what it means.
 * Broken JSON, and JSON that `explain` gives `undefined` for, is shown as JSON.
 */
export function jsonMessage(
  payload: Uint8Array,
  context: DecodeContext,
  explain: (value: unknown) => Meaning | undefined,
): Decoded {
  const decoded = json.decode(payload, context);
  if (decoded.problem) return decoded;
  const meaning = explain(decoded.json?.());
  if (meaning === undefined) return decoded;
  const { summary = decoded.summary, kind = decoded.kind, parts, heartbeat } = meaning;
  return {
    ...decoded,
    summary: oneLine(summary),
    kind: kindOf(kind),
    ...(parts && { parts }),
    ...(heartbeat && { heartbeat }),
  };
}

/** Part of the samples, 0 to 1, that are JSON texts whose value passes. Texts beyond 64 KiB do not count. */
export function jsonShare(samples: Sample[], test: (value: unknown) => boolean): number {
  const short = samples.filter((sample) => sample.payload.length <= 65_536);
  return share(short, (sample) => {
    if (!sample.text) return false;
    const reading = readJson(sample.payload);
    return !reading.problem && test(reading.value());
  });
}

/** The member of a record if it is a string, else empty. */
export function textOf(value: unknown, name: string): string {
  const member = isRecord(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : '';
}

/** An id as protocols use them, text or number, as text; `undefined` if it is neither or empty. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}
