import type { ToPage } from '../core/messages/page';
import type { RingPolicy } from '../core/messages/recorder';
import { DEFAULT_RING, WIDE_RING } from '../core/messages/ring';
import { advanceClock, now } from './clock';
import { bytesOf } from './data';
import * as native from './natives';
import { BINARY, BY_USER, CLOSE, ERROR, FAILED, FROM_RING, GAP, OPEN, SENT, TEXT } from './numbers';
import { createOutbox } from './outbox';
import type { Observer } from './patch';
import { createRing } from './ring';
import { createSockets, type Sockets, type Tracked } from './sockets';
import { callStack } from './stack';

const NO_RING: RingPolicy = { frames: 0, bytes: 0 };

/** How much waits to be sent is asked after so many bytes more, and told when it is more than that. */
const BUFFERED_STEP = 1 << 16;

/** In the place of the constructor's stack: the socket of another window, on which a `send` of this one was called. */
const ELSEWHERE = '(a socket of another window)';

const IDLE = 1;
const RECORDING = 2;
const ENDED = 3;

/** What the recorder may ask of a capture, by the type of its command. */
export type Controls = {
  [Type in Exclude<ToPage['type'], 'act'>]: (command: Extract<ToPage, { type: Type }>) => void;
};

/** Watches the sockets of the document: into the ring while nobody records, else into the outbox. */
export interface Capture extends Observer {
  sockets: Sockets;
  /** The content script is there, and is finding out whether anybody records. */
  wait(): void;
  /** Whether what happens now is the user's doing, and not the page's. */
  setUser(user: boolean): void;
  controls: Controls;
}

/**
 * Every entry from the page is guarded: whatever goes wrong here is counted and never reaches the page.
 * @param post takes packed batches, and an empty text for each new socket while nobody records, and for each frame until
 * somebody has said what to do with it
 * @param restore puts the page's functions back
 */
export function createCapture(post: (message: ArrayBuffer | string) => void, restore: () => void): Capture {
  const sockets = createSockets();
  const outbox = createOutbox(post);
  const ring = createRing(DEFAULT_RING);
  let policy = DEFAULT_RING;
  /** 0 until it is known whether anybody records. */
  let mode = 0;
  /** How often recording began. */
  let recordings = 0;
  /** Whether sockets may be from before it last began. */
  let before = false;
  let withStacks = false;
  let user = false;

  const guard = (run: () => void) => {
    try {
      if (mode !== ENDED) run();
    } catch {
      outbox.missed();
    }
  };

  const announce = (tracked: Tracked, fresh?: boolean) => {
    if (tracked.announced === recordings) return;
    tracked.announced = recordings;
    tracked.note.before = before && !fresh ? tracked.counts : null;
    outbox.note(tracked.note);
  };

  const add = (tracked: Tracked, kind: number, flags: number, data: string | Uint8Array | Blob, time = now()) => {
    let size: number;
    if (mode === RECORDING) {
      announce(tracked);
      size = outbox.put(time, tracked.note.id, kind, flags, data);
    } else {
      let kept = data;
      if (typeof data === 'string') {
        size = data.length;
      } else if (native.isView(data)) {
        kept = native.copyBytes(data as Uint8Array);
        size = native.byteLength(kept as Uint8Array);
      } else {
        // The page's own Blob must be free to go.
        kept = native.blobSlice(data);
        size = native.blobSize(kept);
      }
      ring.push({ time, tracked, kind, flags, data: kept, size, next: null });
      if (mode === 0) post('');
    }
    if (kind > BINARY || flags & FAILED) return;
    const { counts } = tracked;
    if (flags & SENT) {
      counts.sentFrames++;
      counts.sentBytes += size;
    } else {
      counts.receivedFrames++;
      counts.receivedBytes += size;
    }
  };

  const track = (socket: WebSocket, protocol: unknown, time: number, stack: string | null): Tracked => {
    const tracked = sockets.add(socket, protocol, time, user, stack);
    const { note } = tracked;
    if (mode === RECORDING) announce(tracked, true);
    else post('');
    // What it receives is recorded there.
    if (stack === ELSEWHERE) return tracked;
    const listen = (type: string, hear: (event: Event) => void) =>
      native.addEventListener(socket, type, (event) => {
        // Guarded without a closure of its own, since this runs for every frame.
        try {
          // A page may dispatch events of its own. It cannot replace this property, which each event has itself.
          if (mode !== ENDED && event.isTrusted) hear(event);
        } catch {
          outbox.missed();
        }
      });
    const addEvent = (kind: number, details: object) => add(tracked, kind, 0, native.stringify(details));
    listen('message', (event) => {
      const data = native.data(event);
      if (typeof data === 'string') add(tracked, TEXT, 0, data);
      else
        add(
          tracked,
          BINARY,
          0,
          native.inherits(native.blob, data as Blob) ? (data as Blob) : bytesOf(data as ArrayBuffer),
        );
    });
    listen('open', () => {
      const target = native.deref(tracked.socket)!;
      const protocol = native.protocol(target);
      const extensions = native.extensions(target);
      note.protocol = protocol;
      note.extensions = extensions;
      note.readyState = 1;
      addEvent(OPEN, { __proto__: null, protocol, extensions });
    });
    listen('close', (event) => {
      note.readyState = 3;
      // Whoever recorded until now, and may go on, thinks that it is open.
      if (mode === RECORDING || tracked.announced < recordings) sockets.remove(tracked);
      addEvent(CLOSE, {
        __proto__: null,
        code: native.closeCode(event),
        reason: native.closeReason(event),
        wasClean: native.wasClean(event),
        by: tracked.closedBy,
      });
    });
    listen('error', () => addEvent(ERROR, { __proto__: null }));
    return tracked;
  };

  const stop = ({ wait }: { wait?: boolean }) => {
    mode = wait ? 0 : IDLE;
    outbox.reset();
    ring.setPolicy(wait ? WIDE_RING : policy);
  };

  return {
    sockets,
    constructed(socket, protocol, time) {
      guard(() => track(socket, protocol, time, callStack()));
    },
    sent(socket, read, time, failed) {
      guard(() => {
        const data = read();
        if (data === undefined) return;
        // One of this realm that was opened before the patch is recorded from its first `send` on.
        const tracked =
          sockets.of(socket) ?? track(socket, null, time, native.inherits(native.socket, socket) ? null : ELSEWHERE);
        const state = native.readyState(socket);
        tracked.note.readyState = state;
        if (withStacks && mode === RECORDING) {
          const stack = callStack();
          outbox.note({ __proto__: null, type: 'stack', frame: outbox.nextFrame(), stack } as never);
        }
        // So much must have been sent for so much to wait: few calls need to ask.
        const { sentBytes } = tracked.counts;
        if (mode === RECORDING && sentBytes - tracked.asked > BUFFERED_STEP) {
          tracked.asked = sentBytes;
          const bytes = native.bufferedAmount(socket);
          if (bytes > BUFFERED_STEP)
            outbox.note({ __proto__: null, type: 'buffered', frame: outbox.nextFrame(), bytes } as never);
        }
        const flags = SENT | (user ? BY_USER : 0) | (failed || state !== 1 ? FAILED : 0);
        add(tracked, typeof data === 'string' ? TEXT : BINARY, flags, data, time);
      });
    },
    closing(socket) {
      const tracked = sockets.of(socket);
      if (tracked) tracked.closedBy = user ? 'user' : 'page';
    },
    wait: () => ring.setPolicy(WIDE_RING),
    setUser(yes) {
      user = yes;
    },
    controls: {
      __proto__: null,
      start(command: { ring: boolean; stacks: boolean }) {
        withStacks = command.stacks;
        if (mode === RECORDING) return;
        before = mode === IDLE || recordings > 0;
        mode = RECORDING;
        recordings++;
        sockets.each((tracked) => {
          const closed = tracked.note.readyState > 2;
          if (!closed || !command.ring) announce(tracked);
          if (closed) sockets.remove(tracked);
        });
        if (!command.ring) ring.setPolicy(NO_RING);
        ring.drain(
          (frames, bytes) => {
            const why = command.ring ? 'ring' : 'stopped';
            outbox.put(now(), 0, GAP, 0, `{"frames":${frames},"bytes":${bytes},"why":"${why}"}`);
          },
          ({ tracked, time, kind, flags, data, size }) => {
            announce(tracked);
            outbox.put(time, tracked.note.id, kind, before ? flags | FROM_RING : flags, data, true, size);
          },
        );
      },
      stop,
      ring(command: { policy: RingPolicy }) {
        policy = command.policy;
        if (mode === IDLE) ring.setPolicy(policy);
      },
      pull: outbox.pull,
      flush: outbox.flush,
      clock: (command: { ms: number }) => advanceClock(command.ms),
      off() {
        restore();
        policy = NO_RING;
        stop({});
        mode = ENDED;
      },
    } as unknown as Controls,
  };
}
