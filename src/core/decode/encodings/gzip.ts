import { Gunzip, gunzipSync } from 'fflate';
import { ByteReader } from '../reader';
import { NO, share } from '../sniffing';
import { leaf } from '../tree';
import type { Decoder } from '../types';
import { contentOf, enveloped } from './content';
import { mostUnpacked, unpack, unpackSmall } from './inflate';
import { otherwise } from './otherwise';

const HEADER_BYTES = 18;

/** gzip (RFC 1952) around anything. */
export const gzip: Decoder = {
  id: 'gzip',
  label: 'gzip',
  layer: 'encoding',
  sniff(_, samples) {
    const binary = samples.filter((sample) => !sample.text && sample.payload.length > 0);
    const part = share(binary, ({ payload }) => isGzip(payload));
    return part < 0.3 ? NO : { confidence: 0.95 * part, reason: 'messages are gzip archives' };
  },
  decode(payload, context) {
    if (!isGzip(payload)) return otherwise(payload, context, 'binary', 'no gzip archive begins like this');
    const small = isSingle(payload) ? unpackSmall(payload, gunzipSync) : undefined;
    const { bytes, problem } = small ?? unpack(payload, (out) => new Gunzip(out));
    const fields = [
      leaf('compressed', 'number', String(payload.length), { note: 'bytes' }),
      leaf('unpacked', 'number', String(bytes.length), { note: 'bytes' }),
    ];
    const told = problem === undefined ? undefined : { message: problem, at: payload.length };
    return enveloped(
      payload,
      'gzip',
      fields,
      contentOf(bytes, context, problem !== undefined),
      { start: 0, end: payload.length },
      told,
    );
  },
};

/** §2.3: two fixed bytes, method 8, no reserved flags. */
function isGzip(payload: Uint8Array): boolean {
  return (
    payload.length >= HEADER_BYTES &&
    payload[0] === 0x1f &&
    payload[1] === 0x8b &&
    payload[2] === 8 &&
    payload[3] < 0x20
  );
}

/** One member that promises no more than is unpacked (§2.2; its size are the last four bytes, §2.3.1). */
function isSingle(payload: Uint8Array): boolean {
  const size = new ByteReader(payload, payload.length - 4).u32LE();
  for (let at = payload.indexOf(0x1f, 1); at >= 0; at = payload.indexOf(0x1f, at + 1)) {
    if (payload[at + 1] === 0x8b && payload[at + 2] === 8) return false;
  }
  return size <= mostUnpacked(payload.length);
}
