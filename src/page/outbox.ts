import { createBatchBuilder, type Platform } from '../core/batch/builder';
import { type Note, PART_BYTES } from '../core/batch/layout';
import { now } from './clock';
import * as native from './natives';
import { DEFERRED, DROPPED, GAP } from './numbers';

/**
 * A batch of this size goes without being asked for. A message of more than 64 KiB is passed to another process in
 * memory that is mapped for it, which costs the page several times as much a byte.
 */
const FULL_BYTES = 60_000;
/** Parts of large payloads that go when the bridge asks for more. */
const PARTS_AT_ONCE = 4;
/** What large payloads may wait here, in bytes; beyond it they are dropped, oldest first, but for the newest one. */
const MOST_WAITING = 256 << 20;

const platform: Platform = {
  encodeInto: (text, into) => native.encodeInto(native.encoder, text, into).written,
  subarray: native.subarray,
  copy: native.copy as Platform['copy'],
  stringify: native.stringify,
  slice: native.slice,
  constructors: native.constructors,
};

/** A payload that goes in parts, and how much of it has gone. */
interface Waiting {
  frame: number;
  bytes: Uint8Array;
  size: number;
  at: number;
  next: Waiting | null;
}

/**
 * Packs frames. An idle bridge gets a frame at once; a busy one gets larger batches, since it asks for the next when an
 * earlier one was stored. No timer is involved, because browsers throttle those of pages in the background.
 */
export interface Outbox {
  /**
   * Takes a frame.
   * @param data its payload; bytes are copied, unless they are `owned`. `null`: the payload, of `size` bytes, is lost
   * @returns bytes of the payload; of text its UTF-16 units, which are as many for ASCII
   */
  put(
    time: number,
    connection: number,
    kind: number,
    flags: number,
    data: string | Uint8Array | Blob | null,
    owned?: boolean,
    size?: number,
  ): number;
  /** A note about what comes next, or by number about what was. */
  note(note: Note): void;
  /** Number within the document of the frame that comes next. */
  nextFrame(): number;
  /** Counts a frame that could not be recorded; a gap row will say so. */
  missed(): void;
  /** The bridge has room: sends what waits, now or when something comes. */
  pull(): void;
  /** Sends what waits but for large payloads, which are lost: nobody records any more. */
  reset(): void;
  /** Sends all that waits. `parts`: of large payloads too, since the document is going away. */
  flush(what: { parts: boolean }): void;
}

/** @param post takes a packed batch on its way */
export function createOutbox(post: (batch: ArrayBuffer) => void): Outbox {
  const { take, size, nextFrame, addText, addBytes, addBare, addNote } = createBatchBuilder(platform);
  /** Those that wait, oldest first. */
  let first: Waiting | null = null;
  let last: Waiting | null = null;
  let waitingBytes = 0;
  let sequence = 0;
  /** Whether the bridge waits for a batch. */
  let wanted = true;
  let scheduled = false;
  /** Frames that could not even be noted, since the last gap frame. */
  let missedFrames = 0;

  const added = () => {
    if (size() >= FULL_BYTES) {
      send();
    } else if (wanted && !scheduled) {
      // Not at once: what one task of the page sends together travels together.
      scheduled = true;
      native.microtask(() => {
        scheduled = false;
        if (wanted) pull();
      });
    }
  };

  const pull = () => {
    wanted = true;
    for (let sent = 0; sent < PARTS_AT_ONCE && send() && first; sent++);
  };

  /** Sends one batch. @param room whether it may have parts @returns false when there was nothing to send */
  const send = (room = true) => {
    // As many as a batch holds, at least one: frames that are small Blobs would else wait for an answer each.
    for (; first && room; room = size() < FULL_BYTES) addPart(first);
    if (missedFrames > 0) {
      addText(now(), 0, GAP, 0, `{"frames":${missedFrames},"bytes":0,"why":"pressure"}`);
      missedFrames = 0;
    }
    if (size() === 0) return false;
    wanted = false;
    post(take(++sequence));
    return true;
  };

  const lose = (frame: number, why: string) => addNote({ __proto__: null, type: 'lost', frame, why } as Note);

  const later = (frame: number, bytes: Uint8Array, size: number) => {
    const waiting = { frame, bytes, size, at: 0, next: null };
    if (first) last!.next = waiting;
    else first = waiting;
    last = waiting;
    waitingBytes += size;
    for (let oldest = first; waitingBytes > MOST_WAITING && oldest.next; first = oldest = oldest.next) {
      waitingBytes -= oldest.size - oldest.at;
      lose(oldest.frame, 'room');
    }
  };

  const addPart = (waiting: Waiting) => {
    const { frame, at, size } = waiting;
    const last = size - at <= PART_BYTES;
    const bytes = last ? size - at : PART_BYTES;
    waiting.at += bytes;
    waitingBytes -= bytes;
    addNote(
      { __proto__: null, type: 'part', frame, at, bytes, last } as Note,
      native.subarray(waiting.bytes, at, waiting.at),
    );
    if (last) first = waiting.next;
  };

  return {
    put(time, connection, kind, flags, data, owned, size = 0) {
      const frame = nextFrame();
      const bare = (flag: number) => addBare(time, connection, kind, flags | flag, size);
      const isText = typeof data === 'string';
      if (data === null) {
        bare(DROPPED);
      } else if (isText && data.length <= PART_BYTES / 3) {
        addText(time, connection, kind, flags, data);
        size = data.length;
      } else if (isText || native.isView(data)) {
        const bytes = isText ? native.encode(native.encoder, data) : (data as Uint8Array);
        size = native.byteLength(bytes);
        if (size > PART_BYTES) {
          bare(DEFERRED);
          later(frame, owned || isText ? bytes : native.copyBytes(bytes), size);
        } else {
          addBytes(time, connection, kind, flags, bytes, size);
        }
      } else {
        // A Blob takes its place in the order now; its bytes follow when they could be read.
        size = native.blobSize(data);
        bare(DEFERRED);
        const reader = new native.FileReader();
        native.addEventListener(reader, 'loadend', () => {
          const buffer = native.bytesRead(reader);
          if (buffer) later(frame, new native.Uint8Array(buffer), size);
          else lose(frame, 'blob');
          added();
        });
        native.readBytes(reader, data);
      }
      added();
      return size;
    },
    note(note) {
      addNote(note);
      added();
    },
    nextFrame,
    missed() {
      missedFrames++;
      added();
    },
    pull,
    reset() {
      for (; first; first = first.next) lose(first.frame, 'stopped');
      send();
      waitingBytes = missedFrames = 0;
      wanted = true;
    },
    flush({ parts }) {
      while (send(parts));
    },
  };
}
