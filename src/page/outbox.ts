import { createBatchBuilder, type Platform } from '../core/batch/builder';
import { type Note, PART_BYTES } from '../core/batch/layout';
import { FLAG, KIND } from '../core/model/frame';
import { followWallClock, now } from './clock';
import * as native from './natives';

/** A batch of this size goes without being asked for. */
const FULL_BYTES = 128 * 1024;
/** Parts of large payloads that go when the bridge asks for more. */
const PARTS_AT_ONCE = 4;
/** What large payloads may wait here, in bytes; beyond it they are dropped, oldest first, but for the newest one. */
const MOST_WAITING = 256 << 20;

const platform: Platform = {
  encodeInto: (text, into) => native.encodeInto(native.encoder, text, into).written,
  subarray: native.subarray,
  copy: native.setBytes as Platform['copy'],
  stringify: native.stringify,
};

/** A payload that goes in parts, and how much of it has gone. */
interface Part {
  frame: number;
  bytes: Uint8Array;
  at: number;
}

/**
 * Packs frames. An idle bridge gets a frame at once; a busy one gets larger batches, since it asks for the next when an
 * earlier one was stored. No timer is involved, because browsers throttle those of pages in the background.
 */
export interface Outbox {
  /** Takes the payload of a frame. Bytes are copied, unless `owned` says that nobody else will change them. @returns bytes of the payload */
  put(
    time: number,
    connection: number,
    kind: number,
    flags: number,
    data: string | Uint8Array | Blob,
    owned: boolean,
  ): number;
  /** A frame whose payload is not kept. */
  bare(time: number, connection: number, kind: number, flags: number, length: number): void;
  note(note: Note): void;
  /** Number within the document of the frame that comes next. */
  nextFrame(): number;
  /** Counts frames that could not be recorded; a gap row will say so. */
  miss(frames: number): void;
  /** The bridge has room: sends what waits, now or when something comes. */
  pull(): void;
  /** Forgets what waits: nobody records any more. */
  reset(): void;
  /** Sends all that waits: the document is going away. */
  flushAll(): void;
}

/** @param post takes a packed batch on its way */
export function createOutbox(post: (batch: ArrayBuffer) => void): Outbox {
  const builder = createBatchBuilder(platform);
  let parts: Part[] = [];
  let partBytes = 0;
  let sequence = 0;
  /** Whether the bridge waits for a batch. */
  let wanted = true;
  let scheduled = false;
  /** Frames that could not even be noted, since the last gap frame. */
  let missed = 0;

  const added = () => {
    if (builder.size() >= FULL_BYTES) {
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
    for (let sent = 0; sent < PARTS_AT_ONCE && send(); sent++) if (parts.length === 0) return;
  };

  /** Sends one batch. @returns false when there was nothing to send */
  const send = () => {
    if (parts.length > 0) addPart();
    if (missed > 0) addGap();
    if (builder.size() === 0) return false;
    followWallClock();
    wanted = false;
    post(builder.take(++sequence));
    return true;
  };

  const later = (frame: number, bytes: Uint8Array) => {
    parts[parts.length] = { frame, bytes, at: 0 };
    partBytes += bytes.length;
    while (partBytes > MOST_WAITING && parts.length > 1) {
      const oldest = shift(parts);
      partBytes -= oldest.bytes.length - oldest.at;
      builder.addNote(bare({ type: 'lost', frame: oldest.frame, why: 'there was no room for it' }));
    }
  };

  const addPart = () => {
    const part = parts[0];
    const { frame, bytes, at } = part;
    const end = native.min(at + PART_BYTES, bytes.length);
    const last = end === bytes.length;
    builder.addNote(bare({ type: 'part', frame, at, bytes: end - at, last }), native.subarray(bytes, at, end));
    partBytes -= end - at;
    part.at = end;
    if (last) shift(parts);
  };

  const addGap = () => {
    const details = native.stringify({ __proto__: null, frames: missed, bytes: 0, why: 'pressure' });
    missed = 0;
    builder.addText(now(), 0, KIND.gap, 0, details);
  };

  return {
    put(time, connection, kind, flags, data, owned) {
      let bytes: Uint8Array;
      let length: number;
      const frame = builder.nextFrame();
      if (typeof data === 'string') {
        if (data.length <= PART_BYTES / 3) {
          length = builder.addText(time, connection, kind, flags, data);
          added();
          return length;
        }
        bytes = native.encode(native.encoder, data);
        owned = true;
      } else if (native.isView(data)) {
        bytes = data as Uint8Array;
      } else {
        // A Blob takes its place in the order now; its bytes follow when they could be read.
        length = native.blobSize(data);
        builder.addBare(time, connection, kind, flags | FLAG.deferred, length);
        added();
        native.settle(
          native.blobBytes(data),
          (buffer) => {
            later(frame, new native.Uint8Array(buffer));
            added();
          },
          (error) => {
            builder.addNote(bare({ type: 'lost', frame, why: `the Blob could not be read: ${error}` }));
            added();
          },
        );
        return length;
      }
      length = bytes.length;
      if (length > PART_BYTES) {
        builder.addBare(time, connection, kind, flags | FLAG.deferred, length);
        later(frame, owned ? bytes : native.copyBytes(bytes));
      } else {
        builder.addBytes(time, connection, kind, flags, bytes);
      }
      added();
      return length;
    },
    bare(time, connection, kind, flags, length) {
      builder.addBare(time, connection, kind, flags | FLAG.dropped, length);
      added();
    },
    note(note) {
      builder.addNote(note);
      added();
    },
    nextFrame: builder.nextFrame,
    miss(frames) {
      missed += frames;
      added();
    },
    pull,
    reset() {
      builder.take(0);
      parts = [];
      partBytes = missed = 0;
      wanted = true;
    },
    flushAll() {
      while (send());
    },
  };
}

/** A note that inherits nothing: making JSON of it must not find a `toJSON` of the page. */
export function bare<N extends Note>(note: N): N {
  return { __proto__: null, ...note } as unknown as N;
}

/** Takes the first of a list, as the array's own method does, which a page may have replaced. */
function shift<T>(list: T[]): T {
  const first = list[0];
  for (let index = 1; index < list.length; index++) list[index - 1] = list[index];
  list.length--;
  return first;
}
