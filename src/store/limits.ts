/** Every bound of the store, in bytes where nothing else is said. */
export interface Limits {
  /** A segment is closed when its payloads reach this. */
  segmentBytes: number;
  /** And when it has this many rows, whatever they weigh. */
  segmentRows: number;
  /** Saved segments of the live session that are kept in memory. */
  cacheBytes: number;
  /** The same of an earlier session that is open. */
  openedCacheBytes: number;
  /** Payloads that only memory has: beyond this the oldest are dropped. */
  memoryBytes: number;
  /** While more than this waits for the disk, batches are not answered. */
  waitingBytes: number;
  /** The different call stacks of a session. */
  stackBytes: number;
  /** How long the database may take to open before recording goes on without it, in ms. */
  openMs: number;
}

/** The bounds in use. Tests take smaller ones. */
export const LIMITS: Limits = {
  segmentBytes: 1 << 20,
  segmentRows: 16_384,
  cacheBytes: 64 << 20,
  openedCacheBytes: 16 << 20,
  memoryBytes: 512 << 20,
  waitingBytes: 16 << 20,
  stackBytes: 16 << 20,
  openMs: 10_000,
};

/**
 * @param limits those of the store
 * @param bytes that its cache may take
 * @returns the bounds of a log that is not the live one
 */
export function withCache(limits: Limits, bytes: number): Limits {
  return { ...limits, cacheBytes: Math.min(bytes, limits.cacheBytes) };
}
