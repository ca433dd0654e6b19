import { BatchBuilder, type Platform, stripPayloads } from '../core/batch/builder';
import { HEADER, HEADER_BYTES, type Note, PART_BYTES } from '../core/batch/layout';
import { FLAG, KIND } from '../core/model/frame';
import { followWallClock, now } from './clock';
import { native } from './natives';

/** Batches that may be on their way to the store at once. */
const WINDOW = 4;
/** A batch of this size goes without waiting for the answer to the one before. */
const EARLY_BYTES = 128 * 1024;
/** A batch is sealed at this size. */
const FULL_BYTES = 1 << 20;
/** What may wait here, in bytes; beyond it payloads are dropped, oldest first. */
const MOST_WAITING = 64 << 20;

const platform: Platform = {
  encodeInto: (text, into) => native.encodeInto(native.encoder, text, into).written,
  subarray: (bytes, from, to) => native.subarray(bytes, from, to),
  copy: (into, from, at) => native.setBytes(into, from, at),
  stringify: (note) => native.stringify(note),
};

interface Part {
  frame: number;
  bytes: Uint8Array;
  at: number;
}

/**
 * Packs frames and sends them as fast as the store takes them: an idle store gets a frame at once, a busy one gets
 * larger batches, since the next goes when an earlier one was answered. No timer is involved, because browsers
 * throttle those of pages in the background.
 */
export class Outbox {
  private readonly builder = new BatchBuilder(platform);
  private sealed: ArrayBuffer[] = [];
  private sealedBytes = 0;
  private parts: Part[] = [];
  private partBytes = 0;
  private sequence = 0;
  private answered = 0;
  private scheduled = false;
  /** Frames that could not even be noted, since the last gap frame. */
  private missed = 0;
  private missedBytes = 0;

  /** @param post takes a packed batch on its way */
  constructor(private readonly post: (batch: ArrayBuffer) => void) {}

  /** @returns bytes of the text as UTF-8 */
  text(time: number, connection: number, kind: number, flags: number, text: string): number {
    if (text.length > PART_BYTES / 2) {
      const bytes = native.encode(native.encoder, text);
      if (bytes.length > PART_BYTES) this.large(time, connection, kind, flags, bytes);
      else this.builder.addBytes(time, connection, kind, flags, bytes);
      this.added();
      return bytes.length;
    }
    const length = this.builder.addText(time, connection, kind, flags, text);
    this.added();
    return length;
  }

  /** @param bytes are copied, unless `owned` says that nobody else will change them */
  bytes(time: number, connection: number, kind: number, flags: number, bytes: Uint8Array, owned: boolean): void {
    if (bytes.length > PART_BYTES) {
      this.large(time, connection, kind, flags, owned ? bytes : copyOf(bytes));
    } else {
      this.builder.addBytes(time, connection, kind, flags, bytes);
    }
    this.added();
  }

  /** Takes the place of a Blob in the order; its bytes follow when they could be read. */
  blob(time: number, connection: number, flags: number, blob: Blob): void {
    const size = native.blobSize(blob);
    const frame = this.builder.nextFrame;
    this.builder.addBare(time, connection, KIND.binary, flags | FLAG.deferred, size);
    this.added();
    native.settle(
      native.blobBytes(blob),
      (buffer) => {
        this.parts[this.parts.length] = { frame, bytes: new native.Uint8Array(buffer), at: 0 };
        this.partBytes += size;
        this.limit();
        this.flush();
      },
      (error) => this.note({ type: 'lost', frame, why: `the Blob could not be read: ${String(error)}` }),
    );
  }

  /** A frame whose payload is not kept. */
  bare(time: number, connection: number, kind: number, flags: number, length: number): void {
    this.builder.addBare(time, connection, kind, flags | FLAG.dropped, length);
    this.added();
  }

  note(note: Note): void {
    this.builder.addNote({ __proto__: null, ...note } as unknown as Note);
    this.added();
  }

  /** Number within the document of the frame that comes next. */
  get nextFrame(): number {
    return this.builder.nextFrame;
  }

  /** Counts a frame that could not be recorded; a gap row will say so. */
  miss(bytes: number): void {
    this.missed++;
    this.missedBytes += bytes;
  }

  /** The store has taken all batches up to this number. */
  ack(sequence: number): void {
    if (sequence > this.answered) this.answered = sequence;
    this.flush();
  }

  /** Forgets what waits: nobody records any more. */
  reset(): void {
    if (!this.builder.empty) this.builder.take(0);
    this.sealed = [];
    this.parts = [];
    this.sealedBytes = this.partBytes = this.missed = this.missedBytes = 0;
    this.answered = this.sequence;
  }

  /** Sends all that waits, whatever the store says: the document is going away. */
  flushAll(): void {
    while (this.step());
  }

  private get inFlight(): number {
    return this.sequence - this.answered;
  }

  private added(): void {
    const { builder } = this;
    if (this.inFlight === 0) {
      // Not at once: what one task of the page sends together travels together.
      if (!this.scheduled) {
        this.scheduled = true;
        native.settle(
          native.resolved,
          () => this.flushScheduled(),
          () => this.flushScheduled(),
        );
      }
    } else if (builder.size >= EARLY_BYTES) {
      this.flush();
    }
    if (builder.size >= FULL_BYTES) this.seal();
  }

  private flushScheduled(): void {
    this.scheduled = false;
    this.flush();
  }

  /** One small batch at a time: the next grows until it is answered. More only where there is plenty. */
  private flush(): void {
    while (this.inFlight === 0 || (this.inFlight < WINDOW && this.plenty)) if (!this.step()) return;
  }

  private get plenty(): boolean {
    return this.sealed.length > 0 || this.parts.length > 0 || this.builder.size >= EARLY_BYTES;
  }

  /** Sends one batch. @returns false when there was nothing to send */
  private step(): boolean {
    let batch: ArrayBuffer;
    if (this.sealed.length > 0) {
      batch = this.shiftSealed();
    } else {
      if (this.parts.length > 0) this.addPart();
      if (this.missed > 0) this.addGap();
      if (this.builder.empty) return false;
      batch = this.builder.take(0);
    }
    // The number is given on sending, in the order of sending.
    new Uint32Array(batch, 0, HEADER_BYTES / 4)[HEADER.sequence / 4] = ++this.sequence;
    this.post(batch);
    return true;
  }

  private shiftSealed(): ArrayBuffer {
    const batch = this.sealed[0];
    for (let index = 1; index < this.sealed.length; index++) this.sealed[index - 1] = this.sealed[index];
    this.sealed.length--;
    this.sealedBytes -= batch.byteLength;
    return batch;
  }

  private seal(): void {
    followWallClock();
    const batch = this.builder.take(0);
    this.sealed[this.sealed.length] = batch;
    this.sealedBytes += batch.byteLength;
    this.limit();
  }

  private large(time: number, connection: number, kind: number, flags: number, bytes: Uint8Array): void {
    this.parts[this.parts.length] = { frame: this.builder.nextFrame, bytes, at: 0 };
    this.partBytes += bytes.length;
    this.builder.addBare(time, connection, kind, flags | FLAG.deferred, bytes.length);
    this.limit();
  }

  private addPart(): void {
    const part = this.parts[0];
    const end = native.min(part.at + PART_BYTES, part.bytes.length);
    const last = end === part.bytes.length;
    this.builder.addNote(
      { __proto__: null, type: 'part', frame: part.frame, at: part.at, bytes: end - part.at, last } as Note,
      native.subarray(part.bytes, part.at, end),
    );
    this.partBytes -= end - part.at;
    part.at = end;
    if (last) this.shiftPart();
  }

  private shiftPart(): void {
    for (let index = 1; index < this.parts.length; index++) this.parts[index - 1] = this.parts[index];
    this.parts.length--;
  }

  private addGap(): void {
    const details = { __proto__: null, frames: this.missed, bytes: this.missedBytes, why: 'pressure' };
    this.missed = this.missedBytes = 0;
    this.builder.addText(now(), 0, KIND.gap, 0, native.stringify(details));
  }

  /** Drops payloads, oldest first, until what waits is within bounds. */
  private limit(): void {
    while (this.partBytes > MOST_WAITING && this.parts.length > 1) {
      const { frame, bytes, at } = this.parts[0];
      this.partBytes -= bytes.length - at;
      this.shiftPart();
      this.builder.addNote({ __proto__: null, type: 'lost', frame, why: 'there was no room for it' } as Note);
    }
    for (let index = 0; this.sealedBytes > MOST_WAITING && index < this.sealed.length; index++) {
      const before = this.sealed[index];
      const { buffer } = stripPayloads(before, platform);
      this.sealed[index] = buffer;
      this.sealedBytes -= before.byteLength - buffer.byteLength;
    }
    // Rows alone fill the room: the oldest batch goes whole, and is counted.
    while (this.sealedBytes > MOST_WAITING && this.sealed.length > 0) {
      const batch = this.shiftSealed();
      this.missed += new Uint32Array(batch, 0, HEADER_BYTES / 4)[HEADER.frames / 4];
    }
  }
}

function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new native.Uint8Array(bytes.length);
  native.setBytes(copy, bytes, 0);
  return copy;
}
