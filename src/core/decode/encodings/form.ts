import { utf8 } from '../reader';
import { headText, NO, share } from '../sniffing';
import { branch, itemCount, kindOf, leaf, oneLine } from '../tree';
import type { DecodedNode, Decoder } from '../types';
import { otherwise } from './otherwise';

/** Pairs of one message beyond this are not read, and said not to be. */
const MAX_PAIRS = 20_000;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;

interface Pair {
  name: string;
  value: string;
  start: number;
  end: number;
}

/** Form data: `application/x-www-form-urlencoded` (WHATWG URL §5.1). */
export const form: Decoder = {
  id: 'form',
  label: 'Form data',
  layer: 'encoding',
  sniff(_, samples) {
    const texts = samples.filter((sample) => sample.text && sample.payload.length > 0);
    const part = share(texts, (sample) => isForm(headText(sample)));
    return part < 0.5 ? NO : { confidence: 0.5 * part, reason: 'messages are pairs of the form name=value' };
  },
  decode(payload, context) {
    if (!context.text && !isForm(utf8(payload.subarray(0, 4096)))) return otherwise(payload, context, 'text', '');
    const { pairs, rest } = pairsOf(payload);
    const nodes: DecodedNode[] = pairs.map(({ name, value, start, end }) =>
      leaf(name, 'string', value, { start, end }),
    );
    return {
      tree: branch('', 'object', itemCount(pairs.length), nodes, { start: 0, end: payload.length }),
      summary: oneLine(
        pairs
          .slice(0, 50)
          .map(({ name, value }) => `${name}=${value.slice(0, 300)}`)
          .join(' '),
      ),
      kind: kindOf(
        `{${pairs
          .slice(0, 8)
          .map(({ name }) => name.slice(0, 20))
          .join(', ')}}`,
      ),
      ...(rest === undefined ? {} : { problem: { message: `more than ${MAX_PAIRS} pairs`, at: rest } }),
      json: () => valueOfPairs(pairs),
    };
  },
};

/** At least two pairs, or one whose value is no padding of base64; nothing that URLs do not have. */
function isForm(text: string): boolean {
  return (
    /^[\w.%+*~!$'(),;:@/[\]-]+=[\w.%+*~!$'(),;:@/[\]=?&-]*$/.test(text) &&
    (text.includes('&') || /^[^=]+=[^=]/.test(text))
  );
}

function pairsOf(payload: Uint8Array): { pairs: Pair[]; rest?: number } {
  const pairs: Pair[] = [];
  for (let start = 0; start < payload.length; ) {
    if (pairs.length === MAX_PAIRS) return { pairs, rest: start };
    const found = payload.indexOf(AMPERSAND, start);
    const end = found < 0 ? payload.length : found;
    if (end > start) {
      const equals = payload.subarray(start, end).indexOf(EQUALS);
      const split = equals < 0 ? end : start + equals;
      const name = unescapeForm(payload.subarray(start, split));
      pairs.push({ name, value: unescapeForm(payload.subarray(Math.min(split + 1, end), end)), start, end });
    }
    start = end + 1;
  }
  return { pairs };
}

/** WHATWG URL §1.3: plus is a space, `%XX` a byte; what is no escape stays. */
function unescapeForm(bytes: Uint8Array): string {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    const escaped = byte === 0x25 ? digit(bytes[i + 1]) * 16 + digit(bytes[i + 2]) : Number.NaN;
    if (Number.isNaN(escaped)) out[length++] = byte === 0x2b ? 0x20 : byte;
    else {
      out[length++] = escaped;
      i += 2;
    }
  }
  return utf8(out.subarray(0, length));
}

/** The value of a hexadecimal digit, or NaN. */
function digit(byte: number | undefined): number {
  return byte === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(byte), 16);
}

function valueOfPairs(pairs: Pair[]): unknown {
  const members = new Map<string, string | string[]>();
  for (const { name, value } of pairs) {
    const before = members.get(name);
    if (Array.isArray(before)) before.push(value);
    else members.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries(members);
}
