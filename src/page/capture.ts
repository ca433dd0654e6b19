import type { RingPolicy } from '../core/messages/recorder';
import { FLAG, KIND } from '../core/model/frame';
import { now } from './clock';
import { native } from './natives';
import { Outbox } from './outbox';
import { isBlob, isBuffer, type Observer } from './patch';
import { Ring, type RingFrame } from './ring';
import { callStack } from './stack';
import { connectionNote, Sockets, type Tracked } from './tracked';

/** Until it is known whether anybody records, the ring is wide: a recording must not miss the first frames. */
const UNDECIDED: RingPolicy = { frames: 100_000, bytes: 32 << 20 };
const DEFAULT_RING: RingPolicy = { frames: 200, bytes: 1 << 20 };

/**
 * Watches the sockets of the document: into the ring while nobody records, else into the outbox.
 * Every entry from the page is guarded: whatever goes wrong here is counted and never reaches the page.
 */
export class Capture implements Observer {
  readonly sockets = new Sockets();
  readonly outbox: Outbox;
  private ring = new Ring(UNDECIDED);
  private policy = DEFAULT_RING;
  private mode: 'undecided' | 'idle' | 'recording' = 'undecided';
  private stacks = false;
  /** Set while a command of the user runs, so that what it does is not taken for the page's doing. */
  private user = false;
  private stopped = false;

  constructor(post: (batch: ArrayBuffer) => void) {
    this.outbox = new Outbox(post);
  }

  constructed(socket: WebSocket, protocols: unknown): void {
    this.guard(0, () => {
      // A list may run code of the page when it is read: the network log tells its content.
      const asked = withoutPrototype(typeof protocols === 'string' ? [protocols] : []);
      this.track(socket, asked, now(), this.user ? null : callStack());
    });
  }

  sending(socket: WebSocket, data: unknown): (failed: boolean) => void {
    // Noted after `send`, which runs no code of the page once the data is converted: it may have thrown.
    const time = now();
    const flags = FLAG.sent | (this.user ? FLAG.byUser : 0);
    const stack = this.stacks && this.mode === 'recording' && !this.user ? callStack() : null;
    return (failed) =>
      this.guard(1, () => {
        const tracked = this.sockets.of(socket) ?? this.adopt(socket);
        if (!tracked) return;
        tracked.readyState = native.readyState(socket);
        const lost = failed || tracked.readyState !== 1;
        if (stack !== null) this.outbox.note({ type: 'stack', frame: this.outbox.nextFrame, stack });
        this.message(tracked, time, flags | (lost ? FLAG.failed : 0), data);
      });
  }

  closing(socket: WebSocket): void {
    const tracked = this.sockets.of(socket);
    if (tracked) tracked.closedBy = this.user ? 'user' : 'page';
  }

  /** Runs a command of the user. */
  asUser<Result>(run: () => Result): Result {
    this.user = true;
    try {
      return run();
    } finally {
      this.user = false;
    }
  }

  /** From now on everything goes to the outbox. @param ring whether to begin with what the ring holds */
  start(ring: boolean, stacks: boolean): void {
    this.stacks = stacks;
    if (this.mode === 'recording') return;
    const before = this.mode === 'idle';
    this.mode = 'recording';
    this.sockets.each((tracked) => {
      tracked.announced = false;
      if (tracked.readyState < 3) this.announce(tracked, before);
    });
    if (ring) {
      const { droppedFrames: frames, droppedBytes: bytes } = this.ring;
      if (frames > 0) {
        const details = native.stringify({ __proto__: null, frames, bytes, why: 'ring' });
        this.outbox.text(now(), 0, KIND.gap, 0, details);
      }
      this.ring.drain((frame) => {
        if (!frame.socket.announced) this.announce(frame.socket, before);
        this.pack(frame, before ? FLAG.ring : 0);
      });
    }
    this.ring.clear();
  }

  /** Nobody records any more: keep a ring only. */
  stop(): void {
    this.mode = 'idle';
    this.outbox.reset();
    this.ring.setPolicy(this.policy);
  }

  setRing(policy: RingPolicy): void {
    this.policy = policy;
    if (this.mode === 'idle') this.ring.setPolicy(policy);
  }

  /** Stops for good: listeners stay on sockets that are open, and do nothing. */
  end(): void {
    this.stop();
    this.stopped = true;
    this.ring.clear();
  }

  private track(socket: WebSocket, protocols: string[], createdAt: number, stack: string | null): Tracked {
    const tracked = this.sockets.add(socket, protocols, createdAt, this.user, stack);
    if (this.mode === 'recording') this.announce(tracked, false);
    native.addEventListener(socket, 'message', (event) => {
      if (this.stopped) return;
      try {
        this.message(tracked, now(), 0, native.data(event));
      } catch {
        this.outbox.miss(0);
      }
    });
    const event = (type: string, kind: number, details: (event: Event) => object) =>
      native.addEventListener(socket, type, (event) => {
        this.guard(1, () => {
          const live = native.deref(tracked.socket);
          if (live) tracked.readyState = native.readyState(live);
          this.add(tracked, now(), kind, 0, native.stringify(details(event)));
        });
      });
    event('open', KIND.open, () => {
      tracked.protocol = native.protocol(socketOf(tracked));
      tracked.extensions = native.extensions(socketOf(tracked));
      return { __proto__: null, protocol: tracked.protocol, extensions: tracked.extensions };
    });
    event('close', KIND.close, (event) => ({
      __proto__: null,
      code: native.closeCode(event),
      reason: native.closeReason(event),
      wasClean: native.wasClean(event),
      by: tracked.closedBy,
    }));
    event('error', KIND.error, () => ({ __proto__: null }));
    return tracked;
  }

  /** A socket of this realm that was opened before the patch: it is recorded from its first `send` on. */
  private adopt(socket: WebSocket): Tracked | null {
    if (!native.inherits(native.WebSocket.prototype, socket)) return null;
    return this.track(socket, withoutPrototype([]), now(), null);
  }

  private announce(tracked: Tracked, before: boolean): void {
    tracked.announced = true;
    this.outbox.note(connectionNote(tracked, before));
  }

  private message(tracked: Tracked, time: number, flags: number, data: unknown): void {
    if (typeof data === 'string') {
      this.add(tracked, time, KIND.text, flags, data);
    } else if (isBlob(data)) {
      this.add(tracked, time, KIND.binary, flags, data);
    } else {
      this.add(tracked, time, KIND.binary, flags, bytesOf(data));
    }
  }

  private add(tracked: Tracked, time: number, kind: number, flags: number, data: string | Uint8Array | Blob): void {
    if (this.stopped) return;
    let size: number;
    if (this.mode === 'recording') {
      size = this.put(tracked.id, time, kind, flags, data, false);
    } else {
      size = isBlob(data) ? native.blobSize(data) : data.length;
      this.ring.push(time, tracked, kind, flags, native.isView(data) ? copy(data as Uint8Array) : data, size);
    }
    if (kind > KIND.binary || flags & FLAG.failed) return;
    if (flags & FLAG.sent) {
      tracked.sentFrames++;
      tracked.sentBytes += size;
    } else {
      tracked.receivedFrames++;
      tracked.receivedBytes += size;
    }
  }

  private pack(frame: RingFrame, flags: number): void {
    const { data, socket, time, kind } = frame;
    if (data === null) this.outbox.bare(time, socket.id, kind, frame.flags | flags, frame.size);
    else this.put(socket.id, time, kind, frame.flags | flags, data, true);
  }

  private put(
    id: number,
    time: number,
    kind: number,
    flags: number,
    data: string | Uint8Array | Blob,
    owned: boolean,
  ): number {
    const { outbox } = this;
    if (typeof data === 'string') return outbox.text(time, id, kind, flags, data);
    if (isBlob(data)) {
      outbox.blob(time, id, flags, data);
      return native.blobSize(data);
    }
    outbox.bytes(time, id, kind, flags, data, owned);
    return data.length;
  }

  private guard(frames: number, run: () => void): void {
    if (this.stopped) return;
    try {
      run();
    } catch {
      if (frames > 0) this.outbox.miss(0);
    }
  }
}

/** Packing makes JSON of it, and must not find a `toJSON` of the page. */
function withoutPrototype(list: string[]): string[] {
  native.setPrototypeOf(list, null);
  return list;
}

function socketOf(tracked: Tracked): WebSocket {
  return native.deref(tracked.socket)!;
}

/** The bytes that a buffer or view shows now, not copied. Anything else (a detached buffer) has none. */
function bytesOf(data: unknown): Uint8Array {
  if (isBuffer(data)) return new native.Uint8Array(data);
  if (!native.isView(data)) return new native.Uint8Array(0);
  if (native.typedArrayTag(data) === undefined) {
    return new native.Uint8Array(native.dataViewBuffer(data), native.dataViewOffset(data), native.dataViewBytes(data));
  }
  return new native.Uint8Array(native.viewBuffer(data), native.viewOffset(data), native.viewBytes(data));
}

function copy(bytes: Uint8Array): Uint8Array {
  const own = new native.Uint8Array(bytes.length);
  native.setBytes(own, bytes, 0);
  return own;
}
