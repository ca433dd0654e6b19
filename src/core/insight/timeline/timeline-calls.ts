import type { LogId } from '../../messages/store';

/** Messages over time, in buckets of one width. */
export interface TimelineReport {
  /** ms since the epoch of the log's first frame, from which filters count; 0 while there is none. */
  origin: number;
  /** ms since the epoch at which the first bucket begins. */
  start: number;
  /** ms of a bucket. */
  width: number;
  /** One number a bucket. */
  sentFrames: number[];
  receivedFrames: number[];
  sentBytes: number[];
  receivedBytes: number[];
  /** When connections said anything, each in buckets of its own. */
  activity: Activity[];
  /** Connections whose activity is left out, because there are so many. */
  more: number;
}

export interface Activity {
  connection: number;
  start: number;
  width: number;
  frames: number[];
}

export type TimelineCalls = {
  /** Counts the messages of a log, or of one of its connections, in at most so many buckets. */
  timeline: {
    params: { log: LogId; connection: number | null; points: number };
    result: TimelineReport;
  };
};
