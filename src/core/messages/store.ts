import type { DecodedNode } from '../decode/types';
import type { NodeTerm } from '../filter/term-for';
import type { QueryProblem } from '../filter/types';
import type { HealthCalls } from '../insight/health/health-calls';
import type { InsightCalls, InsightEvents } from '../insight/insight-calls';
import type { PairLink } from '../insight/pairs/pair-links';
import type { TimelineCalls } from '../insight/timeline/timeline-calls';
import type { Connection, DocumentInfo, Handshake, Source } from '../model/connection';
import type { Direction, FrameKind } from '../model/frame';
import type { SessionInfo } from '../model/session';
import type { SchemaCalls } from '../schema/schema-calls';
import type { UserDecoderCalls, UserDecoderEvents } from './user-decoders';

/** `live` is what this DevTools records; otherwise the id of an earlier session that was opened. */
export type LogId = 'live' | (string & {});

/** One row of the grid: all that is drawn, nothing that is not. */
export interface FrameRow {
  /** Number of the frame in its log, counted from 0. Stable. */
  frame: number;
  /** ms since the epoch. */
  time: number;
  /**
   * ms since the row of a view that stands before it in time, where rows are sorted by time; else since the row above.
   * `null` for the first, and outside of views.
   */
  delta: number | null;
  /** ms since the previous frame of the same connection, whether it is shown or not; `null` for its first. */
  gap: number | null;
  connection: number;
  kind: FrameKind;
  direction: Direction;
  flags: number;
  length: number;
  /** The decoder's summary or the beginning of the payload; at most 300 characters, shown as text. */
  data: string;
  /** The decoder's kind of message, or empty. */
  messageKind: string;
  /** What it asks or answers, as far as that was found out; `latency` in ms, `null` without a reply. */
  pair: (PairLink & { latency: number | null }) | null;
  marked: boolean;
  note: string;
}

export interface ViewSpec {
  log: LogId;
  /** As typed; see docs/filter.md. */
  query: string;
  /** Only these connections; `null` for all. */
  connections: number[] | null;
  sort: { column: 'time' | 'length' | 'direction' | 'kind'; descending: boolean };
}

/** What a view has found until now. Sent when it changes, at most every 16 ms, in a flood every 100 ms. */
export interface ViewState {
  view: number;
  rows: number;
  /** Frames scanned of frames there are. */
  scanned: number;
  total: number;
  problems: QueryProblem[];
  /** A pattern that took too long was stopped: what to tell the user. */
  stopped: string | null;
}

export interface Counts {
  log: LogId;
  frames: number;
  connections: number;
  bytes: number;
  /** Frames whose payload was dropped, and frames that are missing altogether. */
  dropped: number;
}

/** A tree node as it crosses to the panel: children are asked for by path. */
export interface TreeNode extends Omit<DecodedNode, 'children'> {
  /** Number of children, 0 for a leaf. */
  size: number;
}

export interface DecodedFrame {
  decoder: string;
  label: string;
  /** Why this decoder was chosen. */
  reason: string;
  summary: string;
  messageKind: string;
  tree: TreeNode;
  problem: { message: string; at: number } | null;
}

export interface StorageState {
  /** Where the live recording goes. */
  where: 'disk' | 'memory';
  /** Why it is memory, in words for the user; `null` when all is well or the user chose so. */
  problem: string | null;
  usedBytes: number;
  quotaBytes: number;
}

/** Parts of a log that a file is made of. */
export interface ExportScope {
  log: LogId;
  /** Frame numbers, ascending; `null` for all of them. */
  frames: number[] | null;
  /** Instead of `frames`: the rows that pass this view. */
  view: number | null;
}

export type StoreCalls = InsightCalls &
  TimelineCalls &
  HealthCalls &
  SchemaCalls &
  UserDecoderCalls & {
    // --- recording: the recorder's side ---
    /** Begins a new session, after ending the one that is live. */
    begin: { params: { site: string; time: number; persist: boolean }; result: { session: string } };
    setPersist: { params: { persist: boolean }; result: null };
    /** A document of the tab connected. `key` names it in `batch` from then on. */
    document: { params: { key: string; document: Omit<DocumentInfo, 'id'>; source?: Source }; result: null };
    /** The document is gone: its open connections ended with it. */
    documentGone: { params: { key: string; time: number }; result: null };
    /** One packed batch (core/batch). Answered when it may be forgotten by the sender. */
    batch: { params: { key: string; buffer: ArrayBuffer }; result: null };
    /** Answered when everything recorded until now is on disk (or will not be: see `storage`). */
    flush: { params: null; result: null };
    /** What the network log tells of a live connection; another one later takes its place. */
    handshake: { params: { connection: number; handshake: Handshake; failure: string | null }; result: null };
    /** Which document made a live connection (its key, and the number it has there); `null` if no page can send on it. */
    origin: { params: { connection: number }; result: { key: string; id: number } | null };
    /** The reverse of `origin`; `null` while its announcement has not come. */
    connectionAt: { params: { key: string; id: number }; result: number | null };
    /** Empties the live session: its memory and what is on disk; open connections stay listed. */
    clear: { params: { time: number; site: string }; result: null };

    // --- reading: the panel's side ---
    counts: { params: { log: LogId }; result: Counts };
    documents: { params: { log: LogId }; result: DocumentInfo[] };
    connections: { params: { log: LogId }; result: Connection[] };
    /** Opens or replaces view `view` (a number the caller chose). `view` events tell how it grows. */
    view: { params: { view: number; spec: ViewSpec }; result: ViewState };
    closeView: { params: { view: number }; result: null };
    rows: { params: { view: number; from: number; count: number }; result: FrameRow[] };
    /** Place of a frame among the view's rows, or of the nearest one before it; -1 if there is none. */
    place: { params: { view: number; frame: number }; result: { row: number; exact: boolean } };
    /** Frame numbers of rows `from` to `to` (exclusive). */
    frameNumbers: { params: { view: number; from: number; to: number }; result: number[] };
    /**
     * Searches the view's rows without hiding any. `row` is -1 when there is none, or when the search was `stopped`: why, in
     * words for the user.
     */
    find: {
      params: { view: number; query: string; from: number; backwards: boolean };
      result: { row: number; problems: QueryProblem[]; stopped: string | null };
    };
    /** Nobody waits any more for what was to be found until now: these searches end with -1. */
    cancelFind: { params: null; result: null };
    /** A frame with a slice of its payload; `to` beyond the end is cut. Rejected when the payload is gone. */
    payload: {
      params: { log: LogId; frame: number; from: number; to: number };
      /** `stack`: of the page's `send` call, one call a line; `null` unless it was taken. */
      result: { row: FrameRow; bytes: ArrayBuffer; total: number; stack: string | null };
    };
    /** Decodes one frame whole. `decoder` null: chosen automatically. */
    decode: { params: { log: LogId; frame: number; decoder: string | null }; result: DecodedFrame };
    /** Children `from` to `to` of the node reached by `path` (indices from the root) of a decoded frame. */
    children: {
      params: { log: LogId; frame: number; decoder: string | null; path: number[]; from: number; to: number };
      result: TreeNode[];
    };
    /**
     * Where a text is in the tree of a decoded frame: indices from the root, in the order of the tree. A later search
     * ends an earlier one. Not `complete`: there may be more than these.
     */
    searchTree: {
      params: { log: LogId; frame: number; decoder: string | null; text: string };
      result: { paths: number[][]; complete: boolean };
    };
    /** How the filter finds the node reached by `path` of a frame that was decoded automatically. */
    nodeTerm: { params: { log: LogId; frame: number; path: number[] }; result: NodeTerm };
    /** The decoder of a connection; `null` for automatic. Remembered by URL (without query). */
    setDecoder: { params: { log: LogId; connection: number; decoder: string | null }; result: null };
    decoders: { params: null; result: { id: string; label: string }[] };
    mark: { params: { log: LogId; frames: number[]; marked: boolean; note: string }; result: null };

    // --- sessions ---
    sessions: { params: null; result: SessionInfo[] };
    openSession: { params: { session: string }; result: SessionInfo };
    closeSession: { params: { session: string }; result: null };
    renameSession: { params: { session: string; name: string }; result: null };
    pinSession: { params: { session: string; pinned: boolean }; result: null };
    /** Out of the list at once; the data goes when they are purged or the store starts again. */
    deleteSessions: { params: { sessions: string[] }; result: null };
    undeleteSessions: { params: { sessions: string[] }; result: null };
    /** Removes deleted sessions for good. One that was taken back stays. */
    purge: { params: { sessions: string[] }; result: null };
    storage: { params: null; result: StorageState };
    /** The most that ended, unpinned sessions may take together, oldest removed first. */
    setBudget: { params: { bytes: number; sessions: number }; result: null };

    // --- files ---
    formats: { params: null; result: { id: string; label: string; extension: string }[] };
    /** `progress` events tell how far it is, under this `job` number. Rejected as `AbortError` when cancelled. */
    export: {
      params: { job: number; format: string; scope: ExportScope };
      result: { file: Blob; name: string; frames: number };
    };
    /** Reads a file into a new session. Rejected with `FormatError` and `where`; then nothing has changed. */
    import: { params: { job: number; file: Blob; name: string }; result: SessionInfo };
    cancel: { params: { job: number }; result: null };
  };

export type StoreEvents = InsightEvents &
  UserDecoderEvents & {
    counts: Counts;
    view: ViewState;
    /** Connections that are new or changed, whole. `cleared`: all others are gone (after a clear). */
    connections: { log: LogId; changed: Connection[]; cleared: boolean };
    sessions: SessionInfo[];
    storage: StorageState;
    progress: { job: number; done: number; total: number };
    /** Something the user should know: `recovered`, `removed old sessions`, ... */
    notice: { message: string; level: 'info' | 'warning' };
  };
