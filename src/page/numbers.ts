import type { FLAG, KIND } from '../core/model/frame';

// The numbers of core/model/frame.ts once more, as constants that a minifier puts in place. Their types keep them equal.
export const TEXT: typeof KIND.text = 0;
export const BINARY: typeof KIND.binary = 1;
export const OPEN: typeof KIND.open = 2;
export const CLOSE: typeof KIND.close = 3;
export const ERROR: typeof KIND.error = 4;
export const GAP: typeof KIND.gap = 5;
export const SENT: typeof FLAG.sent = 1;
export const BY_USER: typeof FLAG.byUser = 2;
export const DEFERRED: typeof FLAG.deferred = 4;
export const DROPPED: typeof FLAG.dropped = 8;
export const FAILED: typeof FLAG.failed = 16;
export const FROM_RING: typeof FLAG.ring = 32;
