import type { RingPolicy } from '../core/messages/recorder';
import type { Tracked } from './sockets';

/** A frame as it is kept until somebody records: nothing is encoded. */
export interface RingFrame {
  time: number;
  socket: Tracked;
  kind: number;
  flags: number;
  /** Text, bytes that are ours, a Blob, or `null` when the payload alone was too large. */
  data: string | Uint8Array | Blob | null;
  /** Bytes; for text its UTF-16 units, which are as many for ASCII. */
  size: number;
}

/** The latest frames of the document from the time when nobody records, within bounds of number and bytes. */
export interface Ring {
  /** Keeps a frame, and lets go of the oldest ones where it must. */
  push(time: number, socket: Tracked, kind: number, flags: number, data: RingFrame['data'], size: number): void;
  /** New bounds; what does not fit them is dropped, oldest first. */
  setPolicy(policy: RingPolicy): void;
  /** What fell out since the ring was last emptied. */
  dropped(): { frames: number; bytes: number };
  /** Hands over every kept frame, oldest first, and forgets all. */
  drain(take: (frame: RingFrame) => void): void;
}

/** Slots to begin with; they double up to the policy's number of frames. */
const FIRST_SLOTS = 16;

/** @param policy the bounds to begin with */
export function createRing(policy: RingPolicy): Ring {
  // Invariant: slots[(first + i) % slots.length], for i < used, are the kept frames, oldest first.
  let slots: (RingFrame | undefined)[] = [];
  let first = 0;
  let used = 0;
  let bytes = 0;
  let droppedFrames = 0;
  let droppedBytes = 0;

  const at = (index: number) => {
    const place = first + index;
    return place < slots.length ? place : place - slots.length;
  };

  const shrink = (mostFrames: number, mostBytes: number) => {
    while (used > 0 && (used > mostFrames || bytes > mostBytes)) {
      const slot = slots[first]!;
      droppedFrames++;
      droppedBytes += slot.size;
      if (slot.data !== null) bytes -= slot.size;
      slot.data = null;
      first = at(1);
      used--;
    }
  };

  const grow = () => {
    const larger: (RingFrame | undefined)[] = [];
    larger.length = used * 2 || FIRST_SLOTS;
    for (let index = 0; index < used; index++) larger[index] = slots[at(index)];
    slots = larger;
    first = 0;
  };

  return {
    push(time, socket, kind, flags, data, size) {
      if (size > policy.bytes) data = null;
      const kept = data === null ? 0 : size;
      shrink(policy.frames - 1, policy.bytes - kept);
      if (policy.frames === 0) {
        droppedFrames++;
        droppedBytes += size;
        return;
      }
      if (used === slots.length) grow();
      const place = at(used++);
      const slot = slots[place];
      if (slot) {
        slot.time = time;
        slot.socket = socket;
        slot.kind = kind;
        slot.flags = flags;
        slot.data = data;
        slot.size = size;
      } else {
        slots[place] = { time, socket, kind, flags, data, size };
      }
      bytes += kept;
    },
    setPolicy(next) {
      policy = next;
      shrink(policy.frames, policy.bytes);
      if (used === 0) slots = [];
    },
    dropped: () => ({ frames: droppedFrames, bytes: droppedBytes }),
    drain(take) {
      for (let index = 0; index < used; index++) take(slots[at(index)]!);
      slots = [];
      first = used = bytes = droppedFrames = droppedBytes = 0;
    },
  };
}
