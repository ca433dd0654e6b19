import type { Decoded } from '../decode/types';

/** What insight takes of one decoded message. */
export interface InsightMessage {
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
  pair: Decoded['pair'];
  topics?: Decoded['topics'];
  /** A reply that says that what was asked for failed. */
  failed: boolean;
}
