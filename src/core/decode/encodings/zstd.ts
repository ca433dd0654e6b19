import { Decompress } from 'fzstd';
import { attempt, type Problem } from '../reader';
import { NO, share } from '../sniffing';
import { leaf } from '../tree';
import type { Decoder } from '../types';
import { contentOf, enveloped } from './content';
import { joined, unpack } from './inflate';
import { otherwise } from './otherwise';
import { zstdFrames } from './zstd-frames';

/** Zstandard (RFC 8878) around anything. */
export const zstd: Decoder = {
  id: 'zstd',
  label: 'Zstandard',
  layer: 'encoding',
  sniff(_, samples) {
    const binary = samples.filter((sample) => !sample.text && sample.payload.length > 0);
    const part = share(binary, ({ payload }) => isZstd(payload));
    return part < 0.3 ? NO : { confidence: 0.95 * part, reason: 'messages are Zstandard frames' };
  },
  decode(payload, context) {
    if (!isZstd(payload)) return otherwise(payload, context, 'binary', 'no Zstandard frame begins like this');
    const { bytes, problem } = unpackFrames(payload);
    const fields = [
      leaf('compressed', 'number', String(payload.length), { note: 'bytes' }),
      leaf('unpacked', 'number', String(bytes.length), { note: 'bytes' }),
    ];
    return enveloped(
      payload,
      'zstd',
      fields,
      contentOf(bytes, context, problem !== undefined),
      { start: 0, end: payload.length },
      problem,
    );
  },
};

/** The contents of all frames, one after the other, up to the first that cannot be read. */
function unpackFrames(payload: Uint8Array): { bytes: Uint8Array; problem?: Problem } {
  const parts: Uint8Array[] = [];
  let problem: Problem | undefined;
  const broken = attempt(() => {
    for (const { start, end, whole } of zstdFrames(payload)) {
      const part = unpack(payload.subarray(start, end), (out) => new Decompress(out));
      parts.push(part.bytes);
      if (part.problem === undefined && whole) continue;
      problem = { message: whole ? (part.problem ?? '') : 'the frame ends early', at: end };
      return;
    }
  });
  return { bytes: joined(parts), problem: problem ?? broken };
}

/** §3.1.1: the magic number of a frame. */
function isZstd(payload: Uint8Array): boolean {
  return payload.length > 4 && payload[0] === 0x28 && payload[1] === 0xb5 && payload[2] === 0x2f && payload[3] === 0xfd;
}
