import type { Connection, DocumentInfo } from '../model/connection';
import type { Frame } from '../model/frame';
import type { SessionInfo } from '../model/session';
import { FrameHold } from './frame-hold';
import type { SessionSink } from './types';

/** Memory that frames may take while they wait to be put in order. */
const ORDER_BYTES = 64 << 20;
/** What a held frame costs beside its payload. */
const ROW_BYTES = 32;

/** Where the merge of one connection's frames stands. `key` never falls, so a connection's own order is kept. */
interface Head {
  key: number;
  frame: Frame;
  rest: Iterator<Frame>;
}

/**
 * A sink for formats that hold frames connection after connection: it passes them on in the order of their times, as
 * they were recorded, each connection's own order kept. What is more than {@link ORDER_BYTES} passes unordered, so
 * that memory stays flat. Call {@link finish} at the end.
 */
export class TimeOrder implements SessionSink {
  #holds = new Map<number, FrameHold>();
  #bytes = 0;
  #passing = false;

  constructor(
    private readonly sink: SessionSink,
    private readonly limit = ORDER_BYTES,
  ) {}

  session(info: Partial<SessionInfo>): void {
    this.sink.session(info);
  }

  document(info: DocumentInfo): void {
    this.sink.document(info);
  }

  connection(connection: Connection): void {
    this.sink.connection(connection);
  }

  frame(frame: Frame): void | Promise<void> {
    if (this.#passing) return this.sink.frame(frame);
    let hold = this.#holds.get(frame.connection);
    if (!hold) {
      hold = new FrameHold();
      this.#holds.set(frame.connection, hold);
    }
    hold.add(frame);
    this.#bytes += ROW_BYTES + frame.payload.length;
    if (this.#bytes <= this.limit) return;
    this.#passing = true;
    return this.finish();
  }

  /** Passes on all that is still held. */
  async finish(): Promise<void> {
    const holds = this.#holds;
    this.#holds = new Map();
    for (const frame of merged(holds)) {
      const waiting = this.sink.frame(frame);
      if (waiting) await waiting;
    }
  }
}

/** The held frames by time: a binary heap of one head for each connection. */
function* merged(holds: Map<number, FrameHold>): Generator<Frame, void> {
  const heap: Head[] = [];
  for (const [connection, hold] of holds) {
    const rest = hold.frames(connection);
    const next = rest.next();
    if (!next.done) heap.push({ key: next.value.time, frame: next.value, rest });
  }
  heap.sort((a, b) => a.key - b.key);
  while (heap.length > 0) {
    const [head] = heap;
    yield head.frame;
    const next = head.rest.next();
    if (next.done) {
      const last = heap.pop();
      if (last && last !== head) heap[0] = last;
    } else {
      head.frame = next.value;
      head.key = Math.max(head.key, next.value.time);
    }
    settle(heap);
  }
}

/** Moves the first head down to where no child is earlier. */
function settle(heap: Head[]): void {
  let at = 0;
  for (;;) {
    const left = at * 2 + 1;
    const right = left + 1;
    let least = at;
    if (left < heap.length && heap[left].key < heap[least].key) least = left;
    if (right < heap.length && heap[right].key < heap[least].key) least = right;
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least], heap[at]];
    at = least;
  }
}
