import { type Finding, type HealthDetector, type HealthState, MOST_FRAMES } from './detector';
import { counted, lasting, median } from './words';

/** Longer messages carry something, in UTF-16 units. */
const LONGEST = 256;
/** So short that it can hardly be anything else, when it comes again and again. */
const SHORT = 16;
const WORDS = /ping|pong|heart.?beat|keep.?alive|"hb"|phoenix/i;
/** Kinds of short messages that are followed on a connection and direction. */
const MOST_KINDS = 32;
/** Beats before one knows the interval. */
const LEAST_BEATS = 4;
/** More often than this, in ms, it is traffic. */
const LEAST_INTERVAL = 900;
/** Intervals that are remembered. */
const MOST_INTERVALS = 1000;
/** An interval this many times the usual one has a beat missing. */
const LATE = 1.75;

interface Beat {
  shown: string;
  last: number;
  beats: number;
  intervals: number[];
  /** Frames behind each interval, as long as intervals are remembered. */
  frames: number[];
}

/** Messages that only say that somebody is there: how often they come, and when one did not. */
export function createHeartbeats(): HealthDetector {
  const channels = new Map<string, Map<string, Beat>>();
  return {
    see({ frame, time, connection, sent, content }) {
      if (content === null || content.length > LONGEST) return;
      if (content.length > SHORT && !WORDS.test(content)) return;
      const channel = `${connection} ${sent ? 'sent' : 'received'}`;
      const kinds = channels.get(channel) ?? new Map<string, Beat>();
      channels.set(channel, kinds);
      // Counters and times of day in it make no other heartbeat.
      const key = content.length > 2 ? content.replace(/\d+/g, '#') : content;
      const beat = kinds.get(key);
      if (beat === undefined) {
        if (kinds.size < MOST_KINDS)
          kinds.set(key, { shown: content, last: time, beats: 1, intervals: [], frames: [] });
        return;
      }
      beat.beats++;
      if (beat.intervals.length < MOST_INTERVALS) {
        beat.intervals.push(time - beat.last);
        beat.frames.push(frame);
      }
      beat.last = time;
    },
    findings: (state) =>
      [...channels].flatMap(([channel, kinds]) =>
        [...kinds.values()].flatMap((beat) => findingOf(channel, beat, state)),
      ),
  };
}

function findingOf(channel: string, beat: Beat, state: HealthState): Finding | [] {
  if (beat.beats < LEAST_BEATS) return [];
  const usual = median(beat.intervals);
  const regular = beat.intervals.filter((interval) => Math.abs(interval - usual) <= usual * 0.25).length;
  if (usual < LEAST_INTERVAL || regular < beat.intervals.length * 0.6) return [];
  const [id, direction] = channel.split(' ');
  const connection = Number(id);
  const late = beat.intervals.flatMap((interval, at) => (interval > usual * LATE ? at : []));
  const missed = late.reduce((sum, at) => sum + Math.round(beat.intervals[at] / usual) - 1, 0);
  const open = state.connections.find((each) => each.id === connection)?.state === 'open';
  const overdue = open && state.latest - beat.last > usual * 2.5 ? state.latest - beat.last : 0;
  const shown = JSON.stringify(beat.shown.length > 40 ? `${beat.shown.slice(0, 40)}…` : beat.shown);
  const what = `Heartbeat ${direction}, ${shown}, every ${lasting(usual)}`;
  const troubles = [
    ...(missed > 0 ? [`${counted(missed, 'beat')} missed`] : []),
    ...(overdue > 0 ? [`none for ${lasting(overdue)} now`] : []),
  ];
  return {
    id: `heartbeat ${channel} ${beat.shown}`,
    severity: troubles.length > 0 ? 'warning' : 'info',
    title: troubles.length > 0 ? `${what}: ${troubles.join(', ')}` : `${what}, none missed`,
    detail:
      troubles.length > 0
        ? 'Many servers and clients take a missing beat for the end of the connection. The frames are those that came late.'
        : `${counted(beat.beats, 'beat')} until now.`,
    connections: [connection],
    filter: `conn:${connection} dir:${direction} ${filterText(beat.shown)}`,
    frames: late.slice(0, MOST_FRAMES).map((at) => beat.frames[at]),
  };
}

/** What of a beat stays the same each time, as a term. */
function filterText(shown: string): string {
  const word = WORDS.exec(shown)?.[0];
  if (word) return word.replaceAll('"', '');
  return shown === '' ? 'size:0' : `size:${new TextEncoder().encode(shown).length}`;
}
