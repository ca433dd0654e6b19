import { Decompress, decompress } from 'fzstd';
import { attempt, Broken, type Problem } from '../reader';
import { NO, share } from '../sniffing';
import { leaf } from '../tree';
import type { Decoder } from '../types';
import { contentOf, enveloped } from './content';
import { joined, mostUnpacked, type Unpacked, unpack } from './inflate';
import { otherwise } from './otherwise';
import { BLOCK_BYTES, type ZstdFrame, zstdFrames } from './zstd-frames';

/** The decompressor moves its whole window for each block: bytes moved in all for one message. */
const MOST_MOVED = 256 << 20;

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
  let moved = 0;
  let left = mostUnpacked(payload.length);
  const problem = attempt(() => {
    for (const frame of zstdFrames(payload)) {
      const window = neededWindow(frame);
      moved += window * (1 + (isSized(frame) ? 0 : frame.blocks));
      if (moved > MOST_MOVED) throw new Broken('too many blocks for their window, the rest is left out', frame.start);
      const part = unpackFrame(payload.slice(frame.start, frame.end), frame, window, left);
      left -= part.bytes.length;
      parts.push(part.bytes);
      if (!frame.whole) throw new Broken('the frame ends early', frame.end);
      if (part.problem !== undefined) throw new Broken(part.problem, frame.end);
    }
  });
  return { bytes: joined(parts), problem };
}

/** Whether the frame tells the size of its content and is all there: then no window moves. */
function isSized({ windowAt, whole }: ZstdFrame): boolean {
  return windowAt < 0 && whole;
}

/** Frames mostly tell a larger window than their content can fill. */
function neededWindow({ window, windowAt, most }: ZstdFrame): number {
  if (windowAt < 0) return window;
  let needed = BLOCK_BYTES;
  while (needed < Math.min(most, window)) needed *= 2;
  return Math.min(needed, window);
}

function unpackFrame(bytes: Uint8Array, frame: ZstdFrame, window: number, most: number): Unpacked {
  if (isSized(frame)) {
    return unpack(bytes, (out) => ({ push: (_, last) => last && out(decompress(bytes)) }), most);
  }
  // §3.1.1.1.2: a window of 2 to the power of 10 and what the upper five bits say.
  if (frame.windowAt >= 0 && window < frame.window) bytes[frame.windowAt - frame.start] = (Math.log2(window) - 10) << 3;
  return unpack(bytes, (out) => new Decompress(out), most);
}

/** §3.1.1: the magic number of a frame. */
function isZstd(payload: Uint8Array): boolean {
  return payload.length > 4 && payload[0] === 0x28 && payload[1] === 0xb5 && payload[2] === 0x2f && payload[3] === 0xfd;
}
