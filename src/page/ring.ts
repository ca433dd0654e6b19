import type { RingPolicy } from '../core/messages/recorder';
import type { Tracked } from './tracked';

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

/**
 * The latest frames of the document from the time when nobody records, within bounds of number and bytes.
 * Invariant: `frames[(first + i) % frames.length]` for `i < used` are the kept ones, oldest first.
 */
export class Ring {
  /** What fell out since the ring was last emptied. */
  droppedFrames = 0;
  droppedBytes = 0;
  private frames: (RingFrame | undefined)[] = [];
  private first = 0;
  private used = 0;
  private bytes = 0;

  constructor(private policy: RingPolicy) {}

  /** Keeps a frame, and lets go of the oldest ones where it must. */
  push(time: number, socket: Tracked, kind: number, flags: number, data: RingFrame['data'], size: number): void {
    const { policy } = this;
    if (size > policy.bytes) data = null;
    const kept = data === null ? 0 : size;
    while (this.used > 0 && (this.used >= policy.frames || this.bytes + kept > policy.bytes)) this.dropOldest();
    if (policy.frames === 0) {
      this.droppedFrames++;
      this.droppedBytes += size;
      return;
    }
    const { frames } = this;
    if (this.used === frames.length) this.grow();
    const slots = this.frames;
    let index = this.first + this.used;
    if (index >= slots.length) index -= slots.length;
    const slot = slots[index];
    if (slot) {
      slot.time = time;
      slot.socket = socket;
      slot.kind = kind;
      slot.flags = flags;
      slot.data = data;
      slot.size = size;
    } else {
      slots[index] = { time, socket, kind, flags, data, size };
    }
    this.used++;
    this.bytes += kept;
  }

  /** @param policy the new bounds; what does not fit them is dropped, oldest first */
  setPolicy(policy: RingPolicy): void {
    this.policy = policy;
    while (this.used > policy.frames || this.bytes > policy.bytes) this.dropOldest();
    if (this.used === 0) this.frames = [];
  }

  /** Hands over every kept frame, oldest first, and forgets all. */
  drain(take: (frame: RingFrame) => void): void {
    const { frames, used, first } = this;
    for (let index = 0; index < used; index++) take(frames[(first + index) % frames.length]!);
    this.clear();
  }

  /** Forgets all, also what was dropped. */
  clear(): void {
    this.frames = [];
    this.first = this.used = this.bytes = this.droppedFrames = this.droppedBytes = 0;
  }

  private dropOldest(): void {
    const slot = this.frames[this.first]!;
    this.droppedFrames++;
    this.droppedBytes += slot.size;
    if (slot.data !== null) this.bytes -= slot.size;
    slot.data = null;
    this.first = this.first + 1 === this.frames.length ? 0 : this.first + 1;
    this.used--;
  }

  private grow(): void {
    const { frames, first, used } = this;
    const grown: (RingFrame | undefined)[] = [];
    grown.length = used < 16 ? 16 : used * 2;
    for (let index = 0; index < used; index++) grown[index] = frames[(first + index) % frames.length];
    this.frames = grown;
    this.first = 0;
  }
}
