import type { LogId } from '../messages/store';
import type { KindRow } from './kinds/kind-row';
import type { PairReport } from './pairs/pair-row';

/** How far the messages of a log were read. */
export interface InsightProgress {
  log: LogId;
  /** Frames read of frames there are. */
  scanned: number;
  total: number;
  /** Messages of which only the size is known: too large to be read, or their payload is gone. */
  unread: number;
  /** Why reading stopped, in words for the user. */
  stopped: string | null;
}

export type InsightCalls = {
  /** Reads a log on and on as it grows, or ends that. `insight` events tell how far it is. */
  watchInsight: { params: { log: LogId; on: boolean }; result: InsightProgress };
  /** The kinds of messages seen so far, in a connection or (`null`) in all. */
  kinds: { params: { log: LogId; connection: number | null }; result: KindRow[] };
  /** Requests with what became of them so far, and what was subscribed to. */
  pairs: { params: { log: LogId; connection: number | null }; result: PairReport };
  /** The JSON path by which the user wants the messages of a connection paired; empty where none. */
  pairField: { params: { log: LogId; connection: number }; result: string };
  /** Remembered by URL (without query); all is read anew. Rejected with `SyntaxError` when it is no JSON path. */
  setPairField: { params: { log: LogId; connection: number; path: string }; result: null };
};

export type InsightEvents = {
  /** More was read, at most every 250 ms. `linked`: messages that ask or answer were among it. */
  insight: InsightProgress & { linked: boolean };
};
