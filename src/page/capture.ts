import type { RingPolicy } from '../core/messages/recorder';
import { FLAG, KIND } from '../core/model/frame';
import { now } from './clock';
import { bytesOf, isBlob } from './data';
import * as native from './natives';
import { bare, createOutbox, type Outbox } from './outbox';
import type { Observer } from './patch';
import { createRing } from './ring';
import { connectionNote, createSockets, type Sockets, type Tracked } from './sockets';
import { callStack } from './stack';

/** Until it is known whether anybody records, the ring is wide: a recording must not miss the first frames. */
const UNDECIDED: RingPolicy = { frames: 100_000, bytes: 32 << 20 };
const DEFAULT_RING: RingPolicy = { frames: 200, bytes: 1 << 20 };

/** Watches the sockets of the document: into the ring while nobody records, else into the outbox. */
export interface Capture extends Observer {
  sockets: Sockets;
  outbox: Outbox;
  /** Runs a command of the user: what happens meanwhile is not taken for the page's doing. */
  asUser<Result>(run: () => Result): Result;
  /** From now on everything goes to the outbox. `ring`: beginning with what the ring holds. `stacks`: of each `send`. */
  start(ring: boolean, stacks: boolean): void;
  /** Nobody records any more: keep a ring only. */
  stop(): void;
  setRing(policy: RingPolicy): void;
  /** Stops for good: listeners stay on sockets that are open, and do nothing. */
  end(): void;
}

/**
 * Every entry from the page is guarded: whatever goes wrong here is counted and never reaches the page.
 * @param post takes packed batches
 */
export function createCapture(post: (batch: ArrayBuffer) => void): Capture {
  const sockets = createSockets();
  const outbox = createOutbox(post);
  const ring = createRing(UNDECIDED);
  let policy = DEFAULT_RING;
  let mode: 'undecided' | 'idle' | 'recording' | 'ended' = 'undecided';
  let withStacks = false;
  let user = false;

  const guard = (run: () => void) => {
    try {
      if (mode !== 'ended') run();
    } catch {
      outbox.miss(1);
    }
  };

  const announce = (tracked: Tracked, before: boolean) => {
    tracked.announced = true;
    outbox.note(connectionNote(tracked, before));
  };

  const add = (tracked: Tracked, time: number, kind: number, flags: number, data: string | Uint8Array | Blob) => {
    let size: number;
    if (mode === 'recording') {
      size = outbox.put(time, tracked.id, kind, flags, data, false);
    } else {
      size = isBlob(data) ? native.blobSize(data) : data.length;
      const kept = native.isView(data) ? native.copyBytes(data as Uint8Array) : data;
      ring.push(time, tracked, kind, flags, kept, size);
    }
    if (kind > KIND.binary || flags & FLAG.failed) return;
    if (flags & FLAG.sent) {
      tracked.sentFrames++;
      tracked.sentBytes += size;
    } else {
      tracked.receivedFrames++;
      tracked.receivedBytes += size;
    }
  };

  const addMessage = (tracked: Tracked, time: number, flags: number, data: unknown) => {
    if (typeof data === 'string') add(tracked, time, KIND.text, flags, data);
    else add(tracked, time, KIND.binary, flags, isBlob(data) ? data : bytesOf(data));
  };

  const track = (socket: WebSocket, protocols: string[], stack: string | null): Tracked => {
    const tracked = sockets.add(socket, native.withoutPrototype(protocols), now(), user, stack);
    if (mode === 'recording') announce(tracked, false);
    const event = (type: string, kind: number, details: (event: Event, socket: WebSocket) => object) => {
      native.addEventListener(socket, type, (event) => {
        guard(() => {
          const target = native.deref(tracked.socket)!;
          tracked.readyState = native.readyState(target);
          add(tracked, now(), kind, 0, native.stringify(details(event, target)));
        });
      });
    };
    native.addEventListener(socket, 'message', (event) => {
      try {
        if (mode !== 'ended') addMessage(tracked, now(), 0, native.data(event));
      } catch {
        outbox.miss(1);
      }
    });
    event('open', KIND.open, (_, target) => {
      tracked.protocol = native.protocol(target);
      tracked.extensions = native.extensions(target);
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
  };

  /** A socket of this realm that was opened before the patch: it is recorded from its first `send` on. */
  const adopt = (socket: WebSocket) =>
    native.inherits(native.WebSocket.prototype, socket) ? track(socket, [], null) : undefined;

  const stop = () => {
    mode = 'idle';
    outbox.reset();
    ring.setPolicy(policy);
  };

  return {
    sockets,
    outbox,
    constructed(socket, protocols) {
      // A list may run code of the page when it is read: the network log tells its content.
      guard(() => void track(socket, typeof protocols === 'string' ? [protocols] : [], user ? null : callStack()));
    },
    sending(socket, data) {
      const time = now();
      const stack = withStacks && mode === 'recording' && !user ? callStack() : null;
      // Noted after `send`, which runs no code of the page once the data is converted: it may have thrown.
      return (failed) =>
        guard(() => {
          const tracked = sockets.of(socket) ?? adopt(socket);
          if (!tracked) return;
          tracked.readyState = native.readyState(socket);
          const lost = failed || tracked.readyState !== 1;
          if (stack !== null) outbox.note(bare({ type: 'stack', frame: outbox.nextFrame(), stack }));
          addMessage(tracked, time, FLAG.sent | (user ? FLAG.byUser : 0) | (lost ? FLAG.failed : 0), data);
        });
    },
    closing(socket) {
      const tracked = sockets.of(socket);
      if (tracked) tracked.closedBy = user ? 'user' : 'page';
    },
    asUser(run) {
      user = true;
      try {
        return run();
      } finally {
        user = false;
      }
    },
    start(withRing, stacks) {
      withStacks = stacks;
      if (mode === 'recording') return;
      const before = mode === 'idle';
      mode = 'recording';
      sockets.each((tracked) => {
        tracked.announced = false;
        if (tracked.readyState < 3) announce(tracked, before);
      });
      const { frames, bytes } = ring.dropped();
      if (withRing && frames > 0) {
        const details = native.stringify({ __proto__: null, frames, bytes, why: 'ring' });
        outbox.put(now(), 0, KIND.gap, 0, details, true);
      }
      ring.drain(({ socket, time, kind, flags, data, size }) => {
        if (!withRing) return;
        if (!socket.announced) announce(socket, before);
        const all = flags | (before ? FLAG.ring : 0);
        if (data === null) outbox.bare(time, socket.id, kind, all, size);
        else outbox.put(time, socket.id, kind, all, data, true);
      });
    },
    stop,
    setRing(next) {
      policy = next;
      if (mode === 'idle') ring.setPolicy(policy);
    },
    end() {
      stop();
      mode = 'ended';
      ring.setPolicy({ frames: 0, bytes: 0 });
    },
  };
}
