import { type HealthDetector, MOST_FRAMES } from './detector';
import { counted, sized } from './words';

/** Bytes: a message of this size holds up all others of its connection for a while. */
const LARGE = 1 << 20;

/** Messages so large that others have to wait for them. */
export function createLargeFrames(): HealthDetector {
  const found = new Map<number, { count: number; largest: number; frames: number[] }>();
  return {
    see({ frame, connection, bytes }) {
      if (bytes < LARGE) return;
      const known = found.get(connection) ?? { count: 0, largest: 0, frames: [] };
      found.set(connection, known);
      known.count++;
      known.largest = Math.max(known.largest, bytes);
      if (known.frames.length < MOST_FRAMES) known.frames.push(frame);
    },
    findings: () =>
      [...found].map(([connection, { count, largest, frames }]) => ({
        id: `large ${connection}`,
        severity: 'warning',
        title: `${counted(count, 'message')} of more than 1 MiB, the largest ${sized(largest)}`,
        detail: 'While it is sent, nothing else gets through on its connection. Smaller parts would let others pass.',
        connections: [connection],
        filter: `conn:${connection} size:>=1MiB`,
        frames,
      })),
  };
}
