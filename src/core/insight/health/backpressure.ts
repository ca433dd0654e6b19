import { type Finding, type HealthDetector, type HealthState, MOST_FRAMES } from './detector';
import { lasting, sized } from './words';

/** What was sent is held up when some of it waits for so many ms, or when so many bytes wait before a message. */
const LATE_MS = 1000;
const MUCH = 16 << 20;
/** Bytes sent between two moments that are remembered. */
const STEP = 32 << 10;
/** Without a word of what waits for so many bytes, there is at most the 64 KiB that is not told. */
const SILENT = 1 << 20;
const MOST_MOMENTS = 4096;

/** When a message was sent, and how many bytes had been sent before it and with it. */
interface Moment {
  time: number;
  before: number;
  after: number;
}

/** A time during which what waited was never all gone. */
interface Backlog {
  /** ms since the epoch: when the first of what waited was sent, and when it was told last. */
  from: number;
  to: number;
  /** Bytes when it was first told, and at most. */
  first: number;
  peak: number;
  firstAt: number;
  peakAt: number;
  /** How long at least something waited, in ms. */
  late: number;
  frames: number[];
  peakFrame: number;
}

interface Sender {
  sent: number;
  /** Oldest first; those that are gone for sure are let go. */
  moments: Moment[];
  /** What had been sent when it was last told that something waits. */
  told: number;
  backlog: Backlog | null;
  worst: Backlog | null;
}

/**
 * Pages that send faster than the network takes. What waits in a socket leaves it in order: so `bufferedAmount` behind a
 * message tells which was the oldest that still waited, and for how long. A burst that leaves at once is none.
 */
export function createBackpressure(): HealthDetector {
  const senders = new Map<number, Sender>();
  return {
    see({ frame, time, connection, sent, failed, bytes, buffered }) {
      if (!sent || failed) return;
      let sender = senders.get(connection);
      if (sender === undefined) {
        sender = { sent: 0, moments: [], told: 0, backlog: null, worst: null };
        senders.set(connection, sender);
      }
      remember(sender, time, bytes);
      sender.sent += bytes;
      if (buffered === null) return;
      sender.told = sender.sent;
      const gone = sender.sent - buffered;
      const oldest = sender.moments.findIndex((moment) => moment.after > gone);
      if (oldest > 0) sender.moments.splice(0, oldest);
      const since = oldest < 0 ? time : Math.min(time, sender.moments[0].time);
      note(sender, { frame, time, since, buffered, waiting: buffered - bytes });
    },
    findings: (state) =>
      [...senders].flatMap(([connection, { worst }]) => (worst === null ? [] : findingOf(connection, worst, state))),
  };
}

function remember(sender: Sender, time: number, bytes: number): void {
  const { moments, sent } = sender;
  const last = moments.at(-1);
  if (last !== undefined && sent - last.before < STEP) return;
  moments.push({ time, before: sent, after: sent + bytes });
  if (sent - sender.told > SILENT) moments.splice(0, moments.length - SILENT / STEP);
  else if (moments.length > MOST_MOMENTS) sender.moments = moments.filter((_, at) => at % 2 === 0);
}

interface Told {
  frame: number;
  time: number;
  /** When the oldest of what waits was sent, or later. */
  since: number;
  /** Bytes with the message, and before it. */
  buffered: number;
  waiting: number;
}

function note(sender: Sender, { frame, time, since, buffered, waiting }: Told): void {
  let { backlog } = sender;
  if (backlog === null || since > backlog.to) {
    backlog = {
      from: since,
      to: time,
      first: buffered,
      peak: 0,
      firstAt: time,
      peakAt: time,
      late: 0,
      frames: [],
      peakFrame: frame,
    };
    sender.backlog = backlog;
  }
  backlog.to = time;
  backlog.late = Math.max(backlog.late, time - since);
  if (buffered > backlog.peak) {
    backlog.peak = buffered;
    backlog.peakAt = time;
    backlog.peakFrame = frame;
  }
  if (backlog.frames.length < MOST_FRAMES - 1) backlog.frames.push(frame);
  if (backlog.late < LATE_MS && waiting < MUCH) return;
  if (sender.worst === null || backlog.peak > sender.worst.peak) sender.worst = backlog;
}

function findingOf(connection: number, backlog: Backlog, { start }: HealthState): Finding {
  const { from, to, first, firstAt, peak, peakAt, late, frames, peakFrame } = backlog;
  const since = (time: number, round: (ms: number) => number): string => `${Math.max(0, round(time - start)) / 1000}s`;
  return {
    id: `backpressure ${connection}`,
    severity: 'warning',
    title: `Up to ${sized(peak)} waited to be sent${late >= LATE_MS ? `, some of it for ${lasting(late)} or more` : ''}`,
    detail: `The page sends faster than the network takes: ${growth(first, peak, peakAt - firstAt)}. What waits comes late; a page can look at bufferedAmount before it sends more.`,
    connections: [connection],
    filter: `conn:${connection} dir:sent time:${since(from, Math.floor)}..${since(to, Math.ceil)}`,
    frames: frames.includes(peakFrame) ? frames : [...frames, peakFrame],
  };
}

function growth(first: number, peak: number, took: number): string {
  if (peak === first) return `bufferedAmount was ${sized(peak)}`;
  const rate = took >= 100 ? `, by ${sized(Math.round(((peak - first) * 1000) / took))} a second` : '';
  return `bufferedAmount grew from ${sized(first)} to ${sized(peak)} within ${lasting(took)}${rate}`;
}
