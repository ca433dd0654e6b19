/** Requests of one kind with what became of them, as the panel lists them. */
export interface PairRow {
  /** The decoder's kind of the requests, or what many kinds have in common; empty where it has none. */
  kind: string;
  others: boolean;
  requests: number;
  answered: number;
  /** Without a reply until now. */
  unanswered: number;
  /** Replies that say that it failed. */
  errors: number;
  /** ms between request and reply; `null` while there is none. */
  p50: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
  /** The query that finds the requests; `null` where there is none. */
  filter: string | null;
}

/** A subscription or stream: what opened it, what came of it, and its end. */
export interface GroupRow {
  connection: number;
  /** The decoder's id. */
  id: string;
  /** The kind of what opened it, or of its first event where that was not seen. */
  kind: string;
  state: 'asked' | 'open' | 'failed' | 'ended';
  events: number;
  /** ms since the epoch, of its first and latest frame. */
  first: number;
  last: number;
  /** The frame that opened it; `null` where it was not seen. */
  frame: number | null;
  /** The query that finds all its frames. */
  filter: string;
}

/** What there is of pairs. */
export interface PairReport {
  rows: PairRow[];
  groups: GroupRow[];
  /** Requests that were given up waiting for, because too many were open: a later reply is not found. */
  forgotten: number;
  /** Groups that were let go to stay within bounds. */
  groupsDropped: number;
}
