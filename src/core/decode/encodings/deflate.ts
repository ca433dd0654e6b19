import { Inflate, inflateSync, Unzlib, unzlibSync } from 'fflate';
import { isUtf8 } from '../reader';
import { NO, type Sniff, share } from '../sniffing';
import { leaf } from '../tree';
import type { Decoder, Sample } from '../types';
import { contentOf, enveloped } from './content';
import { SMALL, type Unpacked, unpack, unpackSmall } from './inflate';
import { otherwise } from './otherwise';

/** Messages longer than this are not unpacked to find out whether they can be. */
const TRIED = 65_536;
/** Raw deflate has no header: shorter messages unpack by accident. */
const LEAST = 16;

/** zlib (RFC 1950), or raw deflate (RFC 1951) that has no header, around anything. */
export const deflate: Decoder = {
  id: 'deflate',
  label: 'deflate',
  layer: 'encoding',
  sniff(_, samples): Sniff {
    const binary = samples.filter((sample) => !sample.text && sample.payload.length > 0);
    const zlib = share(binary, ({ payload }) => isZlib(payload) && unpacks(payload));
    if (zlib > 0.3) return { confidence: 0.9 * zlib, reason: 'messages are zlib data' };
    const raw = share(binary.slice(0, 4), isRawText);
    return raw < 0.5 ? NO : { confidence: 0.75 * raw, reason: 'messages unpack with deflate to text' };
  },
  decode(payload, context) {
    if (context.text) return otherwise(payload, context, 'binary', '');
    const { bytes, problem } = unpackDeflate(payload);
    if (bytes.length === 0 && problem) return otherwise(payload, context, 'binary', problem);
    const fields = [
      leaf('compressed', 'number', String(payload.length), { note: 'bytes' }),
      leaf('unpacked', 'number', String(bytes.length), { note: 'bytes' }),
    ];
    const told = problem === undefined ? undefined : { message: problem, at: payload.length };
    const what = isZlib(payload) ? 'zlib' : 'deflate';
    return enveloped(
      payload,
      what,
      fields,
      contentOf(bytes, context, problem !== undefined),
      { start: 0, end: payload.length },
      told,
    );
  },
};

function unpackDeflate(payload: Uint8Array): Unpacked {
  const zlib = isZlib(payload);
  const small = unpackSmall(payload, zlib ? unzlibSync : inflateSync);
  return small ?? unpack(payload, (out) => (zlib ? new Unzlib(out) : new Inflate(out)));
}

/** RFC 1950 §2.2: method 8, a window of at most 32 KiB, no dictionary, a check over the two bytes. */
function isZlib(payload: Uint8Array): boolean {
  const [method, flags] = payload;
  return (
    payload.length > 2 && (method & 15) === 8 && method >> 4 <= 7 && !(flags & 32) && (method * 256 + flags) % 31 === 0
  );
}

function unpacks(payload: Uint8Array): boolean {
  if (payload.length > TRIED) return true;
  const { bytes } = unpackDeflate(payload);
  return bytes.length > 0;
}

function isRawText({ payload }: Sample): boolean {
  if (payload.length < LEAST || payload.length > TRIED || !beginsBlock(payload)) return false;
  // A small one that fails as a whole is not tried again by pieces.
  const small = payload.length <= SMALL;
  const unpacked = small ? unpackSmall(payload, inflateSync) : unpack(payload, (out) => new Inflate(out));
  if (unpacked === undefined || unpacked.problem !== undefined) return false;
  return unpacked.bytes.length > payload.length && isUtf8(unpacked.bytes);
}

/** RFC 1951 §3.2.3: bits 1 and 2 are the type of the first block; one that is stored (§3.2.4) has its length twice. */
function beginsBlock([head, low, high, notLow, notHigh]: Uint8Array): boolean {
  const type = (head >> 1) & 3;
  return type === 0 ? (low ^ notLow) === 255 && (high ^ notHigh) === 255 : type !== 3;
}
