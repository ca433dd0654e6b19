import { type HealthDetector, MOST_FRAMES } from './detector';
import { counted, lasting } from './words';

/** Gaps that are known before one can be called unusual. */
const LEAST_GAPS = 20;
/** A silence is at least so long, in ms, and so many times the usual gap. */
const LEAST_MS = 5000;
const TIMES = 20;

interface Rhythm {
  last: number;
  gaps: number;
  /** A running mean of the gaps that are no silences, in ms. */
  usual: number;
  longest: number;
  silences: number;
  frames: number[];
}

/** Connections on which something comes all the time, and then for a while nothing. */
export function createSilences(): HealthDetector {
  const rhythms = new Map<number, Rhythm>();
  return {
    see({ frame, time, connection }) {
      const rhythm = rhythms.get(connection);
      if (rhythm === undefined) {
        rhythms.set(connection, { last: time, gaps: 0, usual: 0, longest: 0, silences: 0, frames: [] });
        return;
      }
      const gap = Math.max(0, time - rhythm.last);
      rhythm.last = time;
      rhythm.gaps++;
      if (rhythm.gaps > LEAST_GAPS && gap > LEAST_MS && gap > rhythm.usual * TIMES) {
        rhythm.silences++;
        rhythm.longest = Math.max(rhythm.longest, gap);
        if (rhythm.frames.length < MOST_FRAMES) rhythm.frames.push(frame);
      } else rhythm.usual += (gap - rhythm.usual) / Math.min(rhythm.gaps, 200);
    },
    findings: () =>
      [...rhythms].flatMap(([connection, { silences, longest, usual, frames }]) =>
        silences === 0
          ? []
          : {
              id: `silence ${connection}`,
              severity: 'warning' as const,
              title: `${counted(silences, 'silence')}, the longest ${lasting(longest)}, where usually something comes every ${lasting(usual)}`,
              detail:
                'The other side was busy, the network was away, or the page was asleep. The frames are those that ended it.',
              connections: [connection],
              filter: `conn:${connection} gap:>${Math.max(LEAST_MS, Math.floor(usual * TIMES))}ms`,
              frames,
            },
      ),
  };
}
