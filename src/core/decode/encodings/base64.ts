import { utf8 } from '../reader';
import { NO, share } from '../sniffing';
import { leaf } from '../tree';
import type { Decoder, Sample } from '../types';
import { bytesOfBase64 } from './base64-text';
import { brotli } from './brotli';
import { contentOf, enveloped } from './content';
import { deflate } from './deflate';
import { gzip } from './gzip';
import { otherwise } from './otherwise';
import { zstd } from './zstd';

/** Longer messages are judged by their beginning. */
const HEAD = 4096;
/** Shorter words of letters and digits are base64 by accident. */
const LEAST = 12;
/** Those with a mark first: the others unpack to find out. */
const COMPRESSED = [gzip, zstd, deflate, brotli];

/** base64 or base64url text around anything, with or without the head of a `data:` URL (RFC 2397). */
export const base64: Decoder = {
  id: 'base64',
  label: 'base64',
  layer: 'encoding',
  sniff(_, samples) {
    const texts = samples.filter((sample) => sample.text && sample.payload.length >= LEAST);
    const part = share(texts, isBase64);
    return part < 0.5 ? NO : { confidence: 0.62 * part, reason: 'messages are base64' };
  },
  decode(payload, context) {
    const head = dataHead(payload);
    const start = head?.length ?? 0;
    const bytes = bytesOfBase64(payload.subarray(start));
    if (bytes === null) {
      return otherwise(payload, context, 'text', 'this is not base64', firstWrong(payload, start));
    }
    const range = { start, end: payload.length };
    const fields = head ? [leaf('type', 'string', head.type, { start: 0, end: start })] : [];
    return enveloped(payload, 'base64', fields, contentOf(bytes, context, false, COMPRESSED), range);
  },
};

/** Length and media type of the head of a `data:` URL. */
function dataHead(payload: Uint8Array): { length: number; type: string } | undefined {
  const match = /^data:([^,;]{0,100})[^,]{0,100};base64,/.exec(utf8(payload.subarray(0, 256)));
  return match ? { length: match[0].length, type: match[1] } : undefined;
}

/**
 * Only base64 characters, and either a mark that words do not have or something known inside: `heartbeatheartbeat` is
 * valid base64 too.
 */
function isBase64({ payload, direction }: Sample): boolean {
  const start = dataHead(payload)?.length ?? 0;
  if (start > 0) return true;
  const part = payload.subarray(0, HEAD);
  const text = utf8(part);
  if (!/^[A-Za-z0-9+/_-]+={0,2}\s*$/.test(text)) return false;
  const bytes = bytesOfBase64(part.subarray(0, part.length === HEAD ? HEAD : undefined));
  if (bytes === null) return false;
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9+/_=-]/.test(text);
  if (!mixed) return false;
  if (text.trimEnd().length % 4 === 0 && /[=+/]/.test(text)) return true;
  const context = { url: '', protocol: '', direction, text: true, state: {} };
  return !['binary', 'text'].includes(contentOf(bytes, context, false, COMPRESSED).decoder.id);
}

function firstWrong(payload: Uint8Array, start: number): number {
  const wrong = payload.subarray(start).findIndex((byte) => !/[A-Za-z0-9+/_=\s-]/.test(String.fromCharCode(byte)));
  return wrong < 0 ? payload.length : start + wrong;
}
