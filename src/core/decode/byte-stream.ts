import type { Direction } from '../model/frame';
import type { DecodeContext, Sample } from './types';

/** Most bytes of an unfinished packet that are kept until its end comes. */
export const MAX_KEPT = 256 * 1024;

/** The bytes to read for one message of a protocol whose packets may begin and end anywhere in messages. */
export interface StreamPart {
  /** What was kept of earlier messages, then the payload. */
  bytes: Uint8Array;
  /** Byte offset in `bytes` of the payload. */
  base: number;
  /** Byte offset in `bytes` where the next packet begins; before it is the end of a packet too large to keep. */
  at: number;
  /** Bytes of that packet that are still to come after this message. */
  missing: number;
}

/** Continues the byte stream of the context's direction with a payload. State from elsewhere is ignored. */
export function continueStream(payload: Uint8Array, { state, direction }: DecodeContext): StreamPart {
  const kept = state[`kept ${direction}`];
  const skip = state[`skip ${direction}`];
  delete state[`kept ${direction}`];
  delete state[`skip ${direction}`];
  if (typeof skip === 'number' && skip > 0) {
    const missing = Math.max(0, skip - payload.length);
    if (missing > 0) state[`skip ${direction}`] = missing;
    return { bytes: payload, base: 0, at: Math.min(skip, payload.length), missing };
  }
  if (!(kept instanceof Uint8Array)) return { bytes: payload, base: 0, at: 0, missing: 0 };
  const bytes = new Uint8Array(kept.length + payload.length);
  bytes.set(kept);
  bytes.set(payload, kept.length);
  return { bytes, base: kept.length, at: 0, missing: 0 };
}

/**
 * Remembers an unfinished packet, so that the direction's next message continues it.
 *
 * @param rest the bytes of the packet that are there
 * @param missing how many more make it whole
 * @returns whether it is kept, and so is shown whole where it ends; else the rest of it is passed over
 */
export function holdUnfinished(rest: Uint8Array, missing: number, { state, direction }: DecodeContext): boolean {
  const kept = rest.length + missing <= MAX_KEPT;
  if (kept) state[`kept ${direction}`] = rest.slice();
  else state[`skip ${direction}`] = missing;
  return kept;
}

/** The beginning of what one direction said, at most 4096 bytes, for sniffing. */
export function streamHead(samples: Sample[], direction: Direction): Uint8Array {
  const parts = samples.filter((sample) => sample.direction === direction).map((sample) => sample.payload);
  const head = new Uint8Array(
    Math.min(
      4096,
      parts.reduce((sum, part) => sum + part.length, 0),
    ),
  );
  let at = 0;
  for (const part of parts) {
    head.set(part.subarray(0, head.length - at), at);
    at = Math.min(head.length, at + part.length);
  }
  return head;
}
