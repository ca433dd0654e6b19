import { isBeat, termOfBeat } from './beat-words';
import { type Finding, type HealthDetector, type HealthState, MOST_FRAMES } from './detector';
import { LongGaps } from './long-gaps';
import { counted, lasting, median } from './words';

/** Kinds of beats that are followed on a connection and direction. */
const MOST_KINDS = 32;
/** Beats before one knows the interval. */
const LEAST_BEATS = 4;
/** More often than this, in ms, it is traffic. */
const LEAST_INTERVAL = 900;
/** Intervals that are remembered. */
const MOST_INTERVALS = 1000;
/** What is silent this many times the usual interval has a beat missing, or at the end of the log, has stopped. */
const LATE = 1.75;
const STOPPED = 2.5;
/** Nothing at all in the log for so long, in ms, and so many intervals: the computer or the page slept. */
const ASLEEP_MS = 60_000;
const ASLEEP = 4;
/** Timers of a page in the background go off this late, in ms. */
const THROTTLED_MS = 65_000;
/** What comes within this part of an interval after a beat of the other side answers it. */
const SOON = 0.4;

interface Interval {
  ms: number;
  /** The longest time in it without any message of its direction, and without any in the whole log, in ms. */
  quiet: number;
  still: number;
  /** Beats of the other side in it, and how long after the last one it ended, in ms. */
  asked: number;
  after: number;
  /** The frame that ended it. */
  frame: number;
}

interface Beat {
  shown: string;
  last: number;
  /** Something that came since is not in the log. */
  missed: boolean;
  beats: number;
  /** Beats of the other side until the last one. */
  asked: number;
  intervals: Interval[];
}

/** What comes on a connection in one direction. */
interface Channel {
  connection: number;
  sent: boolean;
  gaps: LongGaps;
  kinds: Map<string, Beat>;
  /** Beats of whatever kind, and when the last one came. */
  beats: number;
  lastBeat: number;
}

/**
 * Messages that only say that somebody is there: how often they come, and when one did not. Many protocols send them only
 * while nothing else is said, so anything of the same direction is as good as a beat.
 */
export function createHeartbeats(): HealthDetector {
  const channels = new Map<number, Channel>();
  const log = new LongGaps(ASLEEP_MS);
  const channelOf = (connection: number, sent: boolean): Channel => {
    const key = keyOf(connection, sent);
    const known = channels.get(key);
    if (known) return known;
    const gaps = new LongGaps(LEAST_INTERVAL);
    const made = { connection, sent, gaps, kinds: new Map(), beats: 0, lastBeat: Number.NaN };
    channels.set(key, made);
    return made;
  };
  return {
    see({ frame, time, connection, sent, content }) {
      log.see(time);
      const channel = channelOf(connection, sent);
      channel.gaps.see(time);
      if (content === null || !isBeat(content)) return;
      const other = channelOf(connection, !sent);
      // Counters and times of day in it make no other heartbeat.
      const key = content.length > 3 ? content.replace(/\d+/g, '#') : content;
      const beat = channel.kinds.get(key);
      channel.beats++;
      channel.lastBeat = time;
      if (beat === undefined) {
        if (channel.kinds.size >= MOST_KINDS) return;
        channel.kinds.set(key, {
          shown: content,
          last: time,
          missed: false,
          beats: 1,
          asked: other.beats,
          intervals: [],
        });
        return;
      }
      beat.beats++;
      if (!beat.missed && beat.intervals.length < MOST_INTERVALS) {
        const quiet = channel.gaps.longestSince(beat.last);
        const still = log.longestSince(beat.last);
        const asked = other.beats - beat.asked;
        beat.intervals.push({ ms: time - beat.last, quiet, still, asked, after: time - other.lastBeat, frame });
      }
      beat.last = time;
      beat.missed = false;
      beat.asked = other.beats;
    },
    miss(connection, time) {
      for (const sent of [false, true]) {
        const channel = channels.get(keyOf(connection, sent));
        if (!channel) continue;
        channel.gaps.last = time;
        for (const beat of channel.kinds.values()) beat.missed = true;
      }
    },
    findings: (state) =>
      [...channels.values()].flatMap((channel) => {
        const other = channels.get(keyOf(channel.connection, !channel.sent));
        return [...channel.kinds.values()].flatMap((beat) => findingOf(channel, beat, other?.beats ?? 0, log, state));
      }),
  };
}

const keyOf = (connection: number, sent: boolean): number => connection * 2 + (sent ? 1 : 0);

function findingOf(channel: Channel, beat: Beat, asked: number, log: LongGaps, state: HealthState): Finding | [] {
  const { connection, sent } = channel;
  const { intervals } = beat;
  if (beat.beats < LEAST_BEATS) return [];
  const usual = median(intervals.map(({ ms }) => ms));
  const regular = intervals.filter(({ ms }) => Math.abs(ms - usual) <= usual * 0.25).length;
  if (usual < LEAST_INTERVAL || regular < intervals.length * 0.6) return [];
  const sleeps = (still: number) => still >= ASLEEP_MS && still >= usual * ASLEEP;
  const answers = intervals.filter(({ after }) => after <= usual * SOON).length > intervals.length / 2;
  const missedIn = ({ quiet, still, asked }: Interval): number => {
    if (quiet <= usual * LATE || sleeps(still)) return 0;
    const missed = Math.max(1, Math.round(quiet / usual) - 1);
    return answers ? Math.max(0, Math.min(missed, asked - 1)) : missed;
  };
  const late = intervals.filter((interval) => missedIn(interval) > 0);
  const missed = late.reduce((sum, interval) => sum + missedIn(interval), 0);
  const of = state.connections.find(({ id }) => id === connection);
  const still = log.longestSince(channel.gaps.last);
  const silent = state.latest - channel.gaps.last - (sleeps(still) ? still : 0);
  const patience = Math.max(usual * STOPPED, sent ? usual + THROTTLED_MS : 0);
  const overdue = of?.state === 'open' && silent > patience && !(answers && asked - beat.asked < 2) ? silent : 0;
  // What the page was late to send harmed nobody while the connection goes on.
  const harmless = sent && overdue === 0 && (of?.close == null || [1000, 1001, 1005].includes(of.close.code));
  const troubles = [
    ...(missed > 0 ? [`${counted(missed, 'beat')} ${harmless ? 'late' : 'missed'}`] : []),
    ...(overdue > 0 ? [`none for ${lasting(overdue)} now`] : []),
  ];
  const shown = JSON.stringify(beat.shown.length > 40 ? `${beat.shown.slice(0, 40)}…` : beat.shown);
  const direction = sent ? 'sent' : 'received';
  const what = `Heartbeat ${direction}, ${shown}, every ${lasting(usual)}`;
  return {
    id: `heartbeat ${connection} ${direction} ${beat.shown}`,
    severity: troubles.length > 0 && !harmless ? 'warning' : 'info',
    title: troubles.length > 0 ? `${what}: ${troubles.join(', ')}` : `${what}, none missed`,
    detail: detailOf(
      beat,
      troubles.length > 0,
      harmless,
      Math.max(0, ...intervals.map(({ still }) => still).filter(sleeps)),
    ),
    connections: [connection],
    filter: `conn:${connection} dir:${direction} ${termOfBeat(beat.shown)}`,
    frames: late.slice(0, MOST_FRAMES).map(({ frame }) => frame),
  };
}

function detailOf({ beats }: Beat, troubled: boolean, harmless: boolean, slept: number): string {
  const told = !troubled
    ? `${counted(beats, 'beat')} until now.`
    : harmless
      ? 'The page was busy or in the background, where timers are slow. The connection went on.'
      : 'Many servers and clients take a missing beat for the end of the connection. The frames are those that came late.';
  return slept === 0
    ? told
    : `${told} The ${lasting(slept)} in which there was nothing at all, as while a computer sleeps, are not counted.`;
}
