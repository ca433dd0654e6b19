import type { Pair } from '../decode/parts';
import type { Topics } from '../decode/topics';

/** What insight knows of one message. */
export interface KnownMessage {
  /** Number of the frame in its log. */
  frame: number;
  /** ms since the epoch. */
  time: number;
  connection: number;
  sent: boolean;
  /** Bytes of the payload as it went over the wire. */
  bytes: number;
  /** The decoder's kind of message; empty if it has none. */
  kind: string;
}

/** One part of a message, with what is known of the whole; its kind is its own. */
export interface InsightMessage extends KnownMessage {
  pair: Pair | undefined;
  topics?: Topics;
  /** A reply that says that what was asked for failed. */
  failed: boolean;
}
