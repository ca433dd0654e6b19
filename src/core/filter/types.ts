import type { Part } from '../decode/parts';
import type { Direction, FrameKind } from '../model/frame';

/** What the columns tell of a frame: no payload is touched for it. One object is reused from row to row. */
export interface RowFacts {
  /** Number of the frame in its log, counted from 0. */
  index: number;
  /** ms since the epoch. */
  time: number;
  /** ms since the first frame of the log. */
  sinceStart: number;
  /** ms since the previous frame of the same connection; NaN for its first. */
  gap: number;
  connection: number;
  kind: FrameKind;
  direction: Direction;
  flags: number;
  length: number;
  marked: boolean;
  /** ms between a request and its reply, on both; NaN where there is no pair. */
  latency: number;
  /** A request without a reply. */
  unanswered: boolean;
}

/** What the payload tells. Each member is computed when first asked for. */
export interface RowContent {
  /** The raw payload: text as it is, binary as Latin-1, events as their JSON. */
  text(): string;
  /** What the decoder of the connection says: summary and values as text; empty where it says no more than `text`. */
  decoded(): string;
  /** The decoder's plain value, for JSON paths; `undefined` if there is none. */
  json(): unknown;
  /**
   * Whether `text` is the very JSON that `json` is read from, so that a look at the text can spare reading it.
   * Absent: it may not be.
   */
  jsonIsText?(): boolean;
  /** The decoder's kind of message, such as `event:trade`. */
  messageKind(): string;
  /** What belongs to other messages: exchanges by their ids, subscriptions by their names. */
  parts(): readonly Part[];
}

/** What a filter may ask of a connection. */
export interface ConnectionFacts {
  id: number;
  url: string;
}

/** Something in the query that cannot be used as written; the rest still works. */
export interface QueryProblem {
  /** Offsets in UTF-16 units of the query text. */
  start: number;
  end: number;
  message: string;
}

/** A query ready to run. */
export interface CompiledFilter {
  /** True when every frame passes: nothing has to be scanned. */
  matchesAll: boolean;
  /** Whether `test` may ask for the content; when false, columns suffice. */
  needsContent: boolean;
  /** Whether `test` may ask for what a decoder says (`decoded`, `json`, `messageKind`). */
  needsDecoded: boolean;
  /** Whether `test` may ask for `latency` or `unanswered`, which are found out by reading all frames before. */
  needsPairs: boolean;
  /**
   * Words of which every passing frame must contain all in its raw text, compared without case,
   * where the query implies any: a scan may search bytes for them before it asks `test`.
   * Only words of printable ASCII are given, lower case. Empty: no short cut.
   * When `needsDecoded`, the scan must not use it for connections whose decoder says more than the raw text.
   */
  mustContain: string[];
  /** Where the short cut may be used, a frame that contains the words passes: `test` need not be asked. */
  mustContainSuffices: boolean;
  /** Every regex that `test` may try, to name the one that takes too long. */
  patterns: string[];
  test(row: RowFacts, content: RowContent): boolean;
  problems: QueryProblem[];
}

export interface FilterEnvironment {
  connection(id: number): ConnectionFacts | undefined;
  /** ms that local time is ahead of UTC at `time` (ms since the epoch), for times of day; the machine's own if absent. */
  utcOffset?(time: number): number;
}
