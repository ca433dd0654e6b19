import type { RingPolicy } from './recorder';
import { isRecord } from './rpc';

/** What is kept unless the user says otherwise. */
export const DEFAULT_RING: RingPolicy = { frames: 200, bytes: 1 << 20 };

/** Until it is known what is to be kept, the ring is wide: of the first frames none must be lost. */
export const WIDE_RING: RingPolicy = { frames: 100_000, bytes: 32 << 20 };

/**
 * @param stored the settings as they were stored, or anything else
 * @returns what is to be kept of the time before DevTools; the default in the place of what is missing or no count
 */
export function readRing(stored: unknown): RingPolicy {
  const ring = isRecord(stored) && isRecord(stored.ring) ? stored.ring : {};
  const count = (value: unknown, otherwise: number) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : otherwise;
  return { frames: count(ring.frames, DEFAULT_RING.frames), bytes: count(ring.bytes, DEFAULT_RING.bytes) };
}
