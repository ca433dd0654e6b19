import type { RingPolicy } from '../core/messages/recorder';
import type { Tracked } from './sockets';

/** A frame as it is kept until somebody records: nothing is encoded. */
export interface RingFrame {
  time: number;
  tracked: Tracked;
  kind: number;
  flags: number;
  /** Text, bytes that are ours, a Blob that is ours, or `null` when the payload alone was too large. */
  data: string | Uint8Array | Blob | null;
  /** Bytes; for text its UTF-16 units, which are as many for ASCII. */
  size: number;
  next: RingFrame | null;
}

/** The latest frames of the document from the time when nobody records, within bounds of number and bytes. */
export interface Ring {
  /** Keeps a frame, and lets go of the oldest ones where it must. */
  push(frame: RingFrame): void;
  /** New bounds; what does not fit them is dropped, oldest first. */
  setPolicy(policy: RingPolicy): void;
  /** Hands over how much fell out since it was last emptied, then every kept frame, oldest first, and forgets all. */
  drain(dropped: (frames: number, bytes: number) => void, take: (frame: RingFrame) => void): void;
}

/** A linked list, because a page can watch elements being added to arrays. @param policy the bounds to begin with */
export function createRing(policy: RingPolicy): Ring {
  let oldest: RingFrame | null = null;
  let latest: RingFrame | null = null;
  let frames = 0;
  let bytes = 0;
  let droppedFrames = 0;
  let droppedBytes = 0;

  const trim = () => {
    while (oldest && (frames > policy.frames || bytes > policy.bytes)) {
      droppedFrames++;
      droppedBytes += oldest.size;
      frames--;
      if (oldest.data !== null) bytes -= oldest.size;
      oldest = oldest.next;
    }
  };

  return {
    push(frame) {
      if (frame.size > policy.bytes) frame.data = null;
      else bytes += frame.size;
      if (oldest) latest!.next = frame;
      else oldest = frame;
      latest = frame;
      frames++;
      trim();
    },
    setPolicy(next) {
      policy = next;
      trim();
    },
    drain(dropped, take) {
      if (droppedFrames > 0) dropped(droppedFrames, droppedBytes);
      let frame = oldest;
      oldest = latest = null;
      frames = bytes = droppedFrames = droppedBytes = 0;
      for (; frame; frame = frame.next) take(frame);
    },
  };
}
