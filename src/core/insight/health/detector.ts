import type { Connection } from '../../model/connection';
import type { PairTable } from '../pairs/pair-table';

/** Something that a developer should know of, with the frames that show it. */
export interface Finding {
  /** Tells findings apart: the same thing found again has the same. */
  id: string;
  severity: 'info' | 'warning' | 'error';
  /** What is the case, in one sentence with figures. */
  title: string;
  /** What it may mean, or what to do. */
  detail: string;
  /** Connections it is about; empty for the whole log. */
  connections: number[];
  /** The query that shows its frames; `null` where no query can. */
  filter: string | null;
  /** Numbers of some frames that show it, at most {@link MOST_FRAMES}. */
  frames: number[];
}

/** Frames named by a finding. */
export const MOST_FRAMES = 5;

/** What a detector is told of a message. */
export interface HealthFrame {
  frame: number;
  /** ms since the epoch. */
  time: number;
  connection: number;
  sent: boolean;
  text: boolean;
  /** Bytes of the payload as it went over the wire. */
  bytes: number;
  /** It never left the page. */
  failed: boolean;
  /** What its socket had waiting right after it was sent, with it, in bytes; `null` where that was not told. */
  buffered: number | null;
  /** The payload as text, binary as Latin-1; `null` of large messages and of those whose payload is gone. */
  content: string | null;
  /** The beginning of a text of any size, at most {@link HEAD_BYTES}; `null` of binary messages and where the payload is gone. */
  head: string | null;
}

/** Of the beginning of a message, in bytes. */
export const HEAD_BYTES = 1024;

/** What else is known when findings are asked for. */
export interface HealthState {
  connections: readonly Connection[];
  /** Time of the earliest frame of the log, ms since the epoch. */
  start: number;
  /** Time of the latest frame of the log, ms since the epoch. */
  latest: number;
  /** Requests without a reply, as far as the log was read for pairs; see `PairTable.unanswered`. */
  unanswered: PairTable['unanswered'];
}

/** Looks for one thing. Total, and bounded in memory whatever it is told. */
export interface HealthDetector {
  /** Told of every message in the order of the log. */
  see?(frame: HealthFrame): void;
  /**
   * Told that what this connection said at this place is not in the log: recording was off, or buffers were full. `time`
   * in ms since the epoch.
   */
  miss?(connection: number, time: number): void;
  findings(state: HealthState): Finding[];
}
