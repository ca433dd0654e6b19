/**
 * The kinds a frame can have. `text` and `binary` are messages; the others are events of the
 * connection (`open`, `close`, `error`) or a mark that frames are missing (`gap`).
 * A kind travels as its index in this list: append only.
 */
export const FRAME_KINDS = ['text', 'binary', 'open', 'close', 'error', 'gap'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** Seen from the page's side. Events of the connection count as `received`. */
export type Direction = 'sent' | 'received';

/** Number of a kind on the wire and on disk. */
export const KIND = { text: 0, binary: 1, open: 2, close: 3, error: 4, gap: 5 } as const satisfies Record<
  FrameKind,
  number
>;

/** Bits of a frame's `flags`. Append only: they are on disk. */
export const FLAG = {
  /** The page (or the user through the page) sent it; otherwise it was received. */
  sent: 1,
  /** Sent by the user from Framescope, not by the page's code. */
  byUser: 2,
  /** The payload is not in place: it comes, or came, as parts (large payloads, Blobs). */
  deferred: 4,
  /** The payload was dropped to stay within bounds; `length` is still true. */
  dropped: 8,
  /** `send` threw, or the socket was closing or closed: the frame never left. */
  failed: 16,
  /** Taken from the page's ring: it happened before recording began. */
  ring: 32,
} as const;

/** Payload of an `open` frame, as JSON. WHATWG WebSockets §3.1 `protocol`, `extensions`. */
export interface OpenDetails {
  protocol: string;
  extensions: string;
}

/** Payload of a `close` frame, as JSON. WHATWG WebSockets §3.4 CloseEvent. */
export interface CloseDetails {
  code: number;
  reason: string;
  wasClean: boolean;
  /** Who began the closing handshake, as far as the page can know. */
  by: 'page' | 'server' | 'user';
}

/** Payload of a `gap` frame, as JSON: frames that existed and are not in the log. */
export interface GapDetails {
  frames: number;
  bytes: number;
  /** `ring`: before recording began; `pressure`: buffers were full; `stopped`: recording was off. */
  why: 'ring' | 'pressure' | 'stopped';
}

/** One frame with its payload, as it is exchanged with file formats and replay. */
export interface Frame {
  /** ms since the epoch, with fractions. */
  time: number;
  /** Id of its {@link Connection} within the session. */
  connection: number;
  kind: FrameKind;
  direction: Direction;
  /** Bits of {@link FLAG}. */
  flags: number;
  /** Bytes of the payload as it went over the wire (text as UTF-8). */
  length: number;
  /** Text as UTF-8, binary as it is, events as JSON. Empty when the payload was dropped. */
  payload: Uint8Array;
  /** What its socket had waiting right after its `send`, with it, in bytes, where that was told. */
  buffered?: number;
  /** Call stack of its `send`, where that was recorded. */
  stack?: string;
  /** The note of the user who marked it; empty for a mark without a note. */
  mark?: string;
}
