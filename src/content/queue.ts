import { type Platform, stripPayloads } from '../core/batch/builder';
import { HEADER, HEADER_BYTES } from '../core/batch/layout';

/** Batches that may be on their way to the store at once. */
const WINDOW = 4;
/** What may wait here, in bytes; beyond it payloads are dropped, oldest first. */
const MOST_WAITING = 64 << 20;
/** A batch that is as small, in bytes, keeps its payloads while others can give up theirs. */
const SMALL = 4096;

const platform: Platform = {
  encodeInto: (text, into) => new TextEncoder().encodeInto(text, into).written,
  subarray: (bytes, from, to) => bytes.subarray(from, to),
  copy: (into, from, at) => into.set(from, at),
  stringify: JSON.stringify,
};

export interface Queued {
  sequence: number;
  buffer: ArrayBuffer;
}

/** @returns the batch as the recorder gets it */
export const toMessage = ({ sequence, buffer }: Queued) => ({ type: 'batch' as const, sequence, buffer });

interface Waiting extends Queued {
  /** It can give up nothing: its payloads were dropped, or it has none but parts of large ones. */
  bare: boolean;
}

/**
 * Batches on their way to the recorder: those that wait for room, and those that were sent and are not yet answered,
 * which are kept so that a port that breaks (Firefox stops its background page) loses none.
 */
export class BatchQueue {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private unanswered: Waiting[] = [];

  /** Takes a batch of the page script. Those that are dropped whole to make room are missed by the numbers of their frames. */
  add(buffer: ArrayBuffer): void {
    const { [HEADER.sequence / 4]: sequence, [HEADER.frames / 4]: frames } = header(buffer);
    this.waiting.push({ sequence, buffer, bare: frames === 0 });
    this.waitingBytes += buffer.byteLength;
    if (this.waitingBytes > MOST_WAITING) this.makeRoom();
  }

  /** @returns the next batch to send, if the window allows one */
  next(): Queued | undefined {
    if (this.unanswered.length >= WINDOW) return undefined;
    const batch = this.waiting.shift();
    if (batch) {
      this.waitingBytes -= batch.buffer.byteLength;
      this.unanswered.push(batch);
    }
    return batch;
  }

  /** @returns all that wait, to be sent whatever the window says */
  takeWaiting(): Queued[] {
    const { waiting } = this;
    this.unanswered.push(...waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    return waiting;
  }

  /** @returns all of which it is not known whether it arrived */
  get open(): Queued[] {
    return [...this.unanswered, ...this.waiting];
  }

  answered(sequence: number): void {
    this.unanswered = this.unanswered.filter((batch) => batch.sequence > sequence);
  }

  /** After a port broke: what was sent must be sent again. */
  rewind(): void {
    this.waiting = [...this.unanswered, ...this.waiting];
    for (const { buffer } of this.unanswered) this.waitingBytes += buffer.byteLength;
    this.unanswered = [];
  }

  clear(): void {
    this.waiting = [];
    this.unanswered = [];
    this.waitingBytes = 0;
  }

  /** Whether nothing is on its way: the page script may send a small batch. */
  get idle(): boolean {
    return this.waiting.length === 0 && this.unanswered.length === 0;
  }

  private makeRoom(): void {
    // Small ones give little room, and are kept while large ones can go.
    for (const least of [SMALL, 0]) {
      for (const batch of this.waiting) {
        if (this.waitingBytes <= MOST_WAITING) return;
        if (batch.bare || batch.buffer.byteLength < least) continue;
        const smaller = stripPayloads(batch.buffer, platform);
        this.waitingBytes -= batch.buffer.byteLength - smaller.byteLength;
        batch.buffer = smaller;
        batch.bare = true;
      }
    }
    // Rows alone fill the room: the oldest batches go whole.
    while (this.waitingBytes > MOST_WAITING && this.waiting.length > 1) {
      this.waitingBytes -= this.waiting.shift()!.buffer.byteLength;
    }
  }
}

function header(buffer: ArrayBuffer): Uint32Array {
  return new Uint32Array(buffer, 0, HEADER_BYTES / 4);
}
