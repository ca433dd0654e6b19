import { createAbnormalCloses } from './abnormal-closes';
import { createBackpressure } from './backpressure';
import type { HealthDetector } from './detector';
import { createHeartbeats } from './heartbeats';
import { createLargeFrames } from './large-frames';
import { createReconnects } from './reconnects';
import { createSequences } from './sequences';
import { createSilences } from './silences';
import { createUnansweredRequests } from './unanswered-requests';
import { createUncompressed } from './uncompressed';

/** All that is looked for: to add one is to add a file and a line. */
export const DETECTORS: readonly (() => HealthDetector)[] = [
  createAbnormalCloses,
  createReconnects,
  createUnansweredRequests,
  createSequences,
  createHeartbeats,
  createSilences,
  createBackpressure,
  createLargeFrames,
  createUncompressed,
];
