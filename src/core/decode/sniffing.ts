import { utf8 } from './reader';
import type { Sample } from './types';

/** What `Decoder.sniff` gives. */
export interface Sniff {
  confidence: number;
  reason: string;
}

/** Not this one. */
export const NO: Sniff = { confidence: 0, reason: '' };

/** Bytes of a sample that sniffing looks at. */
const HEAD = 4096;

/** The beginning of a sample as text; broken UTF-8 becomes U+FFFD. */
export function headText(sample: Sample): string {
  return utf8(sample.payload.subarray(0, HEAD));
}

/** Part of `samples` that pass, 0 to 1; 0 if there are none. */
export function share(samples: Sample[], test: (sample: Sample) => boolean): number {
  return samples.length === 0 ? 0 : samples.filter(test).length / samples.length;
}

/** The subprotocol is one of `names` (compared without case). RFC 6455 §1.9: it says what the connection speaks. */
export function sniffProtocol(protocol: string, names: readonly string[]): Sniff {
  const found = names.find((name) => name.toLowerCase() === protocol.toLowerCase());
  return found === undefined ? NO : { confidence: 1, reason: `subprotocol ${found}` };
}

/** The surer of several; the first of equals. */
export function surest(...sniffs: Sniff[]): Sniff {
  return sniffs.reduce((best, sniff) => (sniff.confidence > best.confidence ? sniff : best), NO);
}

/** The path of a URL, or empty where it is none. */
export function pathOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? '';
}

/** A query parameter of a URL, decoded, or `undefined`. The first one where it is repeated. */
export function queryOf(url: string, name: string): string | undefined {
  const query = /\?([^#]*)/.exec(url)?.[1];
  return query === undefined ? undefined : (new URLSearchParams(query).get(name) ?? undefined);
}
