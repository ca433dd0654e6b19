/** Every bound of the store, in bytes where nothing else is said. */
export interface Limits {
  /** A segment is closed when its payloads reach this. */
  segmentBytes: number;
  /** And when it has this many rows, whatever they weigh. */
  segmentRows: number;
  /** Saved segments that are kept in memory. */
  cacheBytes: number;
  /** Payloads that only memory has: beyond this the oldest are dropped. */
  memoryBytes: number;
  /** While more than this waits for the disk, batches are not answered. */
  waitingBytes: number;
}

/** The bounds in use. Tests take smaller ones. */
export const LIMITS: Limits = {
  segmentBytes: 1 << 20,
  segmentRows: 16_384,
  cacheBytes: 64 << 20,
  memoryBytes: 512 << 20,
  waitingBytes: 16 << 20,
};
