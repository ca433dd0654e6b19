import { computed, signal } from '@preact/signals';
import type { Lane } from '../../core/insight/timeline/lanes';
import type { TimelineReport } from '../../core/insight/timeline/timeline-calls';
import { createLoop } from './createLoop';
import { rowAtTime } from './goTo';
import { LinkError } from './link';
import type { Panel } from './panel';

/** Buckets that are asked for: more than a wide window has room for would not be seen. */
const POINTS = 600;

export type Timeline = ReturnType<typeof createTimeline>;

/** What happened at one moment: rates are a second's. */
export interface Moment {
  /** ms since the epoch. */
  time: number;
  receivedFrames: number;
  sentFrames: number;
  receivedBytes: number;
  sentBytes: number;
}

/** The messages of the log over time, while somebody looks. */
export function createTimeline(panel: Panel) {
  const report = signal<TimelineReport | null>(null);
  /** Lines of connections; set by the view, which knows how to lay them out. */
  const lanes = signal<readonly Lane[]>([]);
  const unit = signal<'frames' | 'bytes'>('frames');
  /** Index of the bucket that is pointed at. */
  const at = signal<number | null>(null);

  let lastGo = 0;

  const ask = createLoop(
    async () => {
      const { link, log, connection } = panel;
      if (!link.connected.peek()) return false;
      const of = { log: log.id.peek(), connection: connection.peek() };
      const answer = await link.store.call('timeline', { ...of, points: POINTS });
      if (of.log !== log.id.peek() || of.connection !== connection.peek()) return true;
      report.value = answer;
      return false;
    },
    (error) => {
      if (!(error instanceof LinkError)) panel.failed(error);
    },
  );

  return {
    report,
    lanes,
    unit,
    at,
    ask,
    /** From when to when there is something to draw, in ms since the epoch. */
    domain: computed<{ from: number; to: number }>(() => {
      const { start = 0, width = 1, sentFrames = [] } = report.value ?? {};
      let from = sentFrames.length > 0 ? start : Number.POSITIVE_INFINITY;
      let to = sentFrames.length > 0 ? start + width * sentFrames.length : 0;
      for (const { spans } of lanes.value) {
        for (const span of spans) {
          from = Math.min(from, span.from);
          to = Math.max(to, span.to ?? span.from);
        }
      }
      if (from > to) return { from: 0, to: 1 };
      return { from, to: Math.max(to, from + 10) };
    }),
    moment: computed<Moment | null>(() => {
      const all = report.value;
      const index = at.value;
      if (!all || index === null || index >= all.sentFrames.length) return null;
      const rate = (sums: readonly number[]): number => (sums[index] * 1000) / all.width;
      return {
        time: all.start + index * all.width,
        receivedFrames: rate(all.receivedFrames),
        sentFrames: rate(all.sentFrames),
        receivedBytes: rate(all.receivedBytes),
        sentBytes: rate(all.sentBytes),
      };
    }),
    /** Shows only frames between two times, in ms since the epoch. */
    async brush(from: number, to: number): Promise<void> {
      const origin = report.peek()?.origin ?? 0;
      const since = (time: number): string => `${Math.max(0, Math.round(time - origin)) / 1000}s`;
      panel.insightFilter.undo();
      const term = `time:${since(from)}..${since(to)}`;
      await panel.insightFilter.toggle(`${BRUSH}${Math.round(from)}..${Math.round(to)}`, term);
    },
    /** The range that the list is filtered by, in ms since the epoch. */
    brushed: computed<{ from: number; to: number } | null>(() => {
      const key = panel.insightFilter.active.value;
      if (!key?.startsWith(BRUSH)) return null;
      const [from, to] = key.slice(BRUSH.length).split('..').map(Number);
      return { from, to };
    }),
    /** Goes to the first frame at or after a time. */
    async goTo(time: number): Promise<void> {
      const { frames, link, sort, selection, revealRow, notices } = panel;
      if (sort.peek().column !== 'time') {
        notices.info('Sort the list by time to go to a moment');
        return;
      }
      const go = ++lastGo;
      try {
        const row = await rowAtTime(link, frames, time, sort.peek().descending);
        if (row < 0 || go !== lastGo) return;
        frames.follow(false);
        revealRow.current(row);
        await selection.moveTo(row, false);
      } catch (error) {
        panel.failed(error);
      }
    },
  };
}

const BRUSH = 'time ';
