/**
 * The packed batch, the one format from page to disk (docs/log-format.md describes it in full).
 * Little endian. A header of 32 bytes, then for `n` frames the columns
 * `time f64[n]`, `length u32[n]`, `connection u32[n]`, `kind u8[n]`, `flags u8[n]`,
 * then the notes as UTF-8 JSON, then the payloads back to back: first those of the frames that are
 * neither deferred nor dropped, in order, then those of the `part` notes, in order.
 */
export const MAGIC = 0x31425346; // "FSB1"
export const VERSION = 1;
export const HEADER_BYTES = 32;
/** Bytes of all columns for one frame. */
export const ROW_BYTES = 8 + 4 + 4 + 1 + 1;

/** Offsets of the header's u32 fields. */
export const HEADER = {
  magic: 0,
  version: 4,
  /** Number of the batch within its document, counted from 1. */
  sequence: 8,
  /** Number of the first frame within its document, counted from 0. */
  firstFrame: 12,
  frames: 16,
  notesBytes: 20,
  payloadBytes: 24,
  reserved: 28,
} as const;

/** A payload of more bytes than this is deferred and comes in parts of at most this size. */
export const PART_BYTES = 1 << 20;

/** A connection as the page script announces it, before or at its first frame. */
export interface ConnectionNote {
  type: 'connection';
  /** Number within the document, counted from 1. */
  id: number;
  url: string;
  protocols: string[];
  protocol: string;
  extensions: string;
  /** WHATWG `readyState`, 0 to 3. */
  readyState: number;
  createdAt: number;
  byUser: boolean;
  stack: string | null;
  /** The page constructed it before recording began: what was seen until then. */
  before: { sentFrames: number; receivedFrames: number; sentBytes: number; receivedBytes: number } | null;
}

/** A piece of a deferred payload; its bytes are among the batch's payloads. */
export interface PartNote {
  type: 'part';
  /** Number of the frame within its document. */
  frame: number;
  /** Where the piece begins in the frame's payload, in bytes. */
  at: number;
  bytes: number;
  last: boolean;
}

/** A deferred payload that will never come (a Blob that cannot be read, or no room for it). */
export interface LostNote {
  type: 'lost';
  frame: number;
  why: string;
}

/** Stack of the `send` call of one frame, taken when the user asked for it. */
export interface StackNote {
  type: 'stack';
  frame: number;
  stack: string;
}

/**
 * How much the socket of one sent frame had waiting, the frame included: `bufferedAmount` right after its `send`. Asked once
 * for every 64 KiB sent, told when more than that waits. WHATWG WebSockets §3.1 `bufferedAmount`.
 */
export interface BufferedNote {
  type: 'buffered';
  frame: number;
  bytes: number;
}

export type Note = ConnectionNote | PartNote | LostNote | StackNote | BufferedNote;
