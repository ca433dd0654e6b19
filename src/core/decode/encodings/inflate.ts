/** Bytes pushed at a time: what one push can grow to stays bounded. */
const STEP = 4096;
/** Unpacked, small messages may grow to this whatever their size. */
const FREE_BYTES = 1 << 20;
/** Unpacked, others may grow by this factor, */
const FACTOR = 200;
/** and never beyond this. */
const MOST_BYTES = 64 << 20;

/** What came out of an archive, and what was wrong with the rest. */
export interface Unpacked {
  bytes: Uint8Array;
  problem?: string;
}

/** A decompressor that is fed pieces and hands on what it makes of them. Throws an `Error` for broken input. */
export interface Stream {
  push(piece: Uint8Array, last: boolean): void;
}

/** Bytes that a message of `packed` bytes may be unpacked to. */
export function mostUnpacked(packed: number): number {
  return Math.min(MOST_BYTES, FREE_BYTES + FACTOR * packed);
}

/** Up to this size a message is first unpacked in one go, which spares the windows of a streaming decompressor. */
export const SMALL = 4096;

/**
 * Unpacks a small message whole; `undefined` where it is large, broken or cut, and unpacking by pieces may still give
 * something. No message of this size unpacks to more than a few MiB (RFC 1951: at most 1032 times its size).
 */
export function unpackSmall(packed: Uint8Array, unpackWhole: (packed: Uint8Array) => Uint8Array): Unpacked | undefined {
  if (packed.length > SMALL) return undefined;
  try {
    const bytes = unpackWhole(packed);
    return bytes.length <= mostUnpacked(packed.length) ? { bytes } : undefined;
  } catch {
    // What is wrong is told by the streaming decompressor.
    return undefined;
  }
}

/**
 * Unpacks with a streaming decompressor; of broken or cut input what comes before the break, and no more than a bound
 * that follows from the input's size.
 * @param open makes the decompressor, which calls `out` with each piece it has unpacked
 * @param most bytes to unpack
 */
export function unpack(
  packed: Uint8Array,
  open: (out: (piece: Uint8Array) => void) => Stream,
  most = mostUnpacked(packed.length),
): Unpacked {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let problem: string | undefined;
  try {
    const stream = open((piece) => {
      if (length + piece.length > most) throw new Error(`unpacks to more than ${most} bytes, the rest is left out`);
      // The decompressor may use the same memory again.
      pieces.push(piece.slice());
      length += piece.length;
    });
    // Were the last piece told to be the last, a cut one would give nothing.
    for (let at = 0; at < packed.length; at += STEP) stream.push(packed.subarray(at, at + STEP), false);
    stream.push(new Uint8Array(0), true);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const bytes = joined(pieces);
  return problem === undefined ? { bytes } : { bytes, problem };
}

/** All pieces in one. */
export function joined(pieces: Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0];
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
