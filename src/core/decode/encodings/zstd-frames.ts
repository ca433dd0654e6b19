import { Broken, ByteReader } from '../reader';

const MAGIC = 0xfd2fb528;
/** Skippable frames have sixteen magic numbers. */
const SKIPPABLE = 0x184d2a50;
/** RFC 8878 §3.1.1.1.2 asks decoders for 8 MiB; the decompressor sets as much memory aside as a frame tells. */
const MAX_WINDOW = 32 << 20;
const MAX_FRAMES = 1000;
/** §3.1.1.2.4. */
const MAX_BLOCK = 128 << 10;

/** §3.1.1.2.3: no block gives more. */
export const BLOCK_BYTES = 128 << 10;

/** A frame of compressed data in a payload, as its header and the headers of its blocks tell. */
export interface ZstdFrame {
  start: number;
  end: number;
  /** Whether its last block is there. */
  whole: boolean;
  /** Bytes of what is unpacked that must be kept at hand. */
  window: number;
  /** Offset of the byte that tells the window; -1 where the whole content is the window. */
  windowAt: number;
  blocks: number;
  /** The most bytes that the blocks can give. */
  most: number;
}

/**
 * The frames of a payload (RFC 8878 §3.1), found without unpacking them; the last one may be cut. Throws
 * {@link Broken} for what is no frame, and for one that asks for more memory than is given.
 */
export function* zstdFrames(payload: Uint8Array): Generator<ZstdFrame, void> {
  const reader = new ByteReader(payload);
  for (let count = 0; reader.left > 0; count++) {
    const start = reader.at;
    if (count === MAX_FRAMES) throw new Broken(`more than ${MAX_FRAMES} frames`, start);
    const magic = reader.u32LE();
    if ((magic & 0xfffffff0) === SKIPPABLE) {
      reader.skip(reader.u32LE());
      continue;
    }
    if (magic !== MAGIC) throw new Broken('no Zstandard frame begins here', start);
    const frame: ZstdFrame = { start, end: start, whole: false, window: 0, windowAt: -1, blocks: 0, most: 0 };
    const checksum = readHeader(reader, frame);
    frame.whole = skipBlocks(reader, checksum, frame);
    frame.end = reader.at;
    if (frame.windowAt < 0 && frame.whole && frame.window > frame.most) {
      throw new Broken('a frame that tells a size its blocks cannot have', start);
    }
    yield frame;
  }
}

/** §3.1.1.1. Gives the bytes of the checksum that ends the frame. */
function readHeader(reader: ByteReader, frame: ZstdFrame): number {
  const at = reader.at;
  const descriptor = reader.u8();
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3];
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 1 << sizeFlag;
  if (!single) {
    frame.windowAt = reader.at;
    const byte = reader.u8();
    const base = 2 ** (10 + (byte >> 3));
    frame.window = base + (base / 8) * (byte & 7);
  }
  reader.skip(dictionary);
  const size = contentSize(reader, sizeBytes);
  if (single) frame.window = size;
  if (frame.window > MAX_WINDOW) {
    throw new Broken(`a frame that needs more than ${MAX_WINDOW >> 20} MiB of memory`, at);
  }
  return descriptor & 4 ? 4 : 0;
}

function contentSize(reader: ByteReader, bytes: number): number {
  if (bytes === 1) return reader.u8();
  if (bytes === 2) return reader.u16LE() + 256;
  if (bytes === 4) return reader.u32LE();
  return bytes === 8 ? Number(BigInt.asUintN(64, reader.i64LE())) : 0;
}

/** §3.1.1.2. Moves to the end of the frame, or of the bytes: then the result is false. */
function skipBlocks(reader: ByteReader, checksum: number, frame: ZstdFrame): boolean {
  while (reader.left >= 3) {
    const header = reader.u8() | (reader.u16LE() << 8);
    if (header >> 3 > MAX_BLOCK) throw new Broken('a block larger than 128 KiB', reader.at - 3);
    const type = (header >> 1) & 3;
    const bytes = type === 1 ? 1 : header >> 3;
    if (bytes > reader.left) break;
    reader.skip(bytes);
    frame.blocks++;
    frame.most += type === 2 ? BLOCK_BYTES : header >> 3;
    if (!(header & 1)) continue;
    if (checksum > reader.left) break;
    reader.skip(checksum);
    return true;
  }
  reader.at = reader.end;
  return false;
}
