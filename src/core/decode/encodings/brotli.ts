import { isUtf8, utf8Strict } from '../reader';
import { NO, share } from '../sniffing';
import { leaf } from '../tree';
import type { Decoder, Sample } from '../types';
import { type Unbrotlied, unbrotli } from './brotli-stream';
import { contentOf, enveloped } from './content';
import { mostUnpacked } from './inflate';
import { otherwise } from './otherwise';

/** Brotli has no header: shorter messages unpack by accident, */
const LEAST = 16;
/** and longer ones are not unpacked to find out, nor to more than this and 20 times their size. */
const TRIED = 65_536;

/** What was unpacked to find out whether it is Brotli, so that it is not unpacked again to be shown. */
const whole = new WeakMap<Uint8Array, Unbrotlied>();

/** Brotli (RFC 7932) around anything. */
export const brotli: Decoder = {
  id: 'brotli',
  label: 'Brotli',
  layer: 'encoding',
  sniff(_, samples) {
    const binary = samples.filter((sample) => !sample.text && sample.payload.length > 0);
    const part = share(binary.slice(0, 4), isPackedText);
    return part < 0.5 ? NO : { confidence: 0.7 * part, reason: 'messages unpack with Brotli to text' };
  },
  decode(payload, context) {
    if (context.text) return otherwise(payload, context, 'binary', '');
    const { bytes, problem } = whole.get(payload) ?? unbrotli(payload, mostUnpacked(payload.length));
    if (bytes.length === 0 && problem) return otherwise(payload, context, 'binary', problem.message, problem.at);
    const fields = [
      leaf('compressed', 'number', String(payload.length), { note: 'bytes' }),
      leaf('unpacked', 'number', String(bytes.length), { note: 'bytes' }),
    ];
    const content = contentOf(bytes, context, problem !== undefined);
    return enveloped(payload, 'brotli', fields, content, { start: 0, end: payload.length }, problem);
  },
};

function isPackedText({ payload }: Sample): boolean {
  // What is text already is not packed.
  if (payload.length < LEAST || payload.length > TRIED || isUtf8(payload)) return false;
  const unpacked = unbrotli(payload, TRIED + 20 * payload.length);
  const { bytes, problem } = unpacked;
  if (problem === undefined) whole.set(payload, unpacked);
  // Short messages become a little longer.
  if (problem !== undefined || bytes.length < 0.8 * payload.length) return false;
  const text = utf8Strict(bytes);
  return text !== undefined && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text);
}
