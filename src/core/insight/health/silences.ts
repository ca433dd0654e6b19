import { type HealthDetector, type HealthState, MOST_FRAMES } from './detector';
import { counted, lasting } from './words';

/** Gaps that are known before one can be called unusual, and those that are remembered to tell what is usual. */
const LEAST_GAPS = 100;
const MOST_GAPS = 200;
/** A silence is at least so long, in ms, so many times the usual gap, and so many times the longest of late. */
const LEAST_MS = 5000;
const TIMES_USUAL = 20;
const TIMES_LONGEST = 5;
/** The part of the gaps that are among the long ones. */
const LONG = 1 / 20;
/** What is silent for longer, in ms, has closed, is paused, or sleeps: nobody waits for that. */
const MOST_MS = 300_000;
/** So many messages in the old rhythm end a silence; a ping now and then does not. */
const LEAST_AGAIN = 10;
/** What begins so soon, in ms, after the page said something was asked for. */
const ASKED_MS = 2000;

interface Silence {
  /** Times of what came last before it and of what came first after it, ms since the epoch. */
  from: number;
  to: number;
  /** The frame that ended it. */
  frame: number;
  usual: number;
}

/** Nothing comes any more, or not much. */
interface Quiet extends Silence {
  /** Messages that have followed each other in the old rhythm. */
  again: number;
  /** What came first of these came because the page said something. */
  asked: boolean;
}

interface Rhythm {
  last: number;
  /** Something that came since is not in the log. */
  missed: boolean;
  /** When the page first spoke after `last`, but for what it answers at once; `null` if it did not. */
  spoke: number | null;
  /** The last gaps that are no silences, in ms, and where the next one goes. */
  gaps: number[];
  next: number;
  /** Of these gaps. */
  sum: number;
  /** How long things have come without an unusual gap, in ms. */
  flow: number;
  quiet: Quiet | null;
  count: number;
  longest: Silence | null;
  silences: Silence[];
}

/**
 * Connections on which something comes all the time, then for a while nothing, and then again as before. What comes
 * seldom, in bursts or as people talk has no silences, nor has what went quiet for good or until the page asked for more.
 */
export function createSilences(): HealthDetector {
  const rhythms = new Map<number, Rhythm>();
  return {
    see({ frame, time, connection, sent }) {
      const rhythm = rhythms.get(connection);
      if (rhythm === undefined) {
        if (!sent) rhythms.set(connection, beginning(time));
      } else if (!sent) receive(rhythm, time, frame);
      else if (time - rhythm.last > ASKED_MS) rhythm.spoke ??= time;
    },
    miss(connection) {
      const rhythm = rhythms.get(connection);
      if (rhythm) rhythm.missed = true;
    },
    findings: (state) => [...rhythms].flatMap(([connection, rhythm]) => findingOf(connection, rhythm, state)),
  };
}

function beginning(time: number): Rhythm {
  const found = { count: 0, longest: null, silences: [] };
  return { last: time, missed: false, spoke: null, gaps: [], next: 0, sum: 0, flow: 0, quiet: null, ...found };
}

function receive(rhythm: Rhythm, time: number, frame: number): void {
  if (rhythm.missed) Object.assign(rhythm, { last: time, missed: false, spoke: null, flow: 0, quiet: null });
  const gap = Math.max(0, time - rhythm.last);
  const asked = rhythm.spoke !== null && time - rhythm.spoke <= ASKED_MS;
  const usual = rhythm.gaps.length === 0 ? 0 : rhythm.sum / rhythm.gaps.length;
  if (rhythm.quiet !== null) stayQuiet(rhythm, rhythm.quiet, { time, frame, gap, asked });
  else if (gap > MOST_MS) beginAnew(rhythm);
  else if (gap <= usual * TIMES_USUAL) learn(rhythm, gap);
  else if (isBreak(rhythm, gap))
    rhythm.quiet = { from: rhythm.last, to: time, frame, usual: usualOf(rhythm), again: 0, asked };
  else {
    learn(rhythm, gap);
    if (gap > LEAST_MS) rhythm.flow = 0;
  }
  rhythm.last = time;
  rhythm.spoke = null;
}

/** Whether a gap is longer than what the gaps of late let one expect: the more these differ, the longer it has to be. */
function isBreak({ gaps, flow }: Rhythm, gap: number): boolean {
  if (gaps.length < LEAST_GAPS || flow < gap) return false;
  const falling = [...gaps].sort((a, b) => b - a);
  const differ = falling[0] / falling[Math.floor(gaps.length * LONG)];
  return gap > falling[0] * Math.max(TIMES_LONGEST, differ ** 4);
}

/** The mean of the gaps of late but for the long ones, in ms. */
function usualOf({ gaps }: Rhythm): number {
  const most = [...gaps].sort((a, b) => a - b).slice(0, Math.ceil(gaps.length * (1 - LONG)));
  return most.reduce((sum, gap) => sum + gap, 0) / most.length;
}

interface Came {
  time: number;
  frame: number;
  gap: number;
  asked: boolean;
}

function stayQuiet(rhythm: Rhythm, quiet: Quiet, { time, frame, gap, asked }: Came): void {
  if (gap > quiet.usual * TIMES_USUAL) Object.assign(quiet, { to: time, frame, asked, again: 0 });
  else quiet.again++;
  const lasted = quiet.to - quiet.from;
  if (lasted > MOST_MS || lasted > rhythm.flow) beginAnew(rhythm);
  else if (quiet.again >= LEAST_AGAIN) {
    rhythm.quiet = null;
    if (lasted <= LEAST_MS) learn(rhythm, lasted);
    else {
      rhythm.flow = 0;
      if (!quiet.asked) remember(rhythm, quiet, lasted);
    }
  }
}

function remember(rhythm: Rhythm, silence: Silence, lasted: number): void {
  rhythm.count++;
  if (rhythm.longest === null || lasted > rhythm.longest.to - rhythm.longest.from) rhythm.longest = silence;
  if (rhythm.silences.length < MOST_FRAMES) rhythm.silences.push(silence);
}

/** Whatever the rhythm was, it is another from here on. */
function beginAnew(rhythm: Rhythm): void {
  Object.assign(rhythm, { gaps: [], next: 0, sum: 0, flow: 0, quiet: null });
}

function learn(rhythm: Rhythm, gap: number): void {
  rhythm.flow += gap;
  rhythm.sum += gap - (rhythm.gaps[rhythm.next] ?? 0);
  rhythm.gaps[rhythm.next] = gap;
  rhythm.next = (rhythm.next + 1) % MOST_GAPS;
}

function findingOf(connection: number, { count, longest, silences }: Rhythm, { start }: HealthState) {
  if (longest === null) return [];
  const since = (time: number, round: (ms: number) => number): string => `${Math.max(0, round(time - start)) / 1000}s`;
  const times = silences.map(({ from, to }) => `time:${since(from, Math.floor)}..${since(to, Math.ceil)}`);
  const took = lasting(longest.to - longest.from);
  return {
    id: `silence ${connection}`,
    severity: 'warning' as const,
    title: `${counted(count, 'silence')}, the longest ${took}, where usually something comes every ${lasting(longest.usual)}`,
    detail:
      'The other side was busy, the network was away, or the page was asleep. The frames are those that ended it.',
    connections: [connection],
    filter: `conn:${connection} ${times.length === 1 ? times[0] : `(${times.join(' OR ')})`}`,
    frames: silences.map(({ frame }) => frame),
  };
}
