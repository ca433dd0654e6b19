import type { ConnectionNote } from '../core/batch/layout';
import * as native from './natives';

/** What the page script knows of one socket. It never keeps the socket alive. */
export interface Tracked {
  socket: WeakRef<WebSocket>;
  /** What whoever records is told of it. Its `readyState` is that of the last event: a socket may be gone. */
  note: ConnectionNote;
  counts: NonNullable<ConnectionNote['before']>;
  /** What was counted as sent when it was last asked how much waits, see `BUFFERED_STEP`. */
  asked: number;
  closedBy: 'page' | 'user' | 'server';
  /** In which recording, counted from 1, whoever recorded was told of it last; -1 for in none. */
  announced: number;
  before: Tracked | null;
  after: Tracked | null;
}

/** The sockets of the document. */
export interface Sockets {
  /** Begins to track a socket. */
  add(socket: WebSocket, protocol: unknown, createdAt: number, byUser: boolean, stack: string | null): Tracked;
  /** Of whatever state. */
  of(socket: WebSocket): Tracked | undefined;
  /** It is closed: from now on only those know of it who hold it. Does nothing when it was removed before. */
  remove(tracked: Tracked): void;
  /** Those that were not removed, in the order in which they were opened. `visit` may remove the one it is given. */
  each(visit: (tracked: Tracked) => void): void;
}

/** Invariant: the page's garbage collection of sockets is the same as without this. */
export function createSockets(): Sockets {
  const bySocket = new native.WeakMap<WebSocket, Tracked>();
  // A linked list, because a page can watch elements being added to arrays. It begins with one that is none.
  const first = { after: null } as Tracked;
  let last = first;
  let lastId = 0;

  return {
    add(socket, protocol, createdAt, byUser, stack) {
      // None of these inherits anything: a page's `toJSON` would be called otherwise.
      const note = {
        __proto__: null,
        type: 'connection',
        id: ++lastId,
        url: native.url(socket),
        // A list may run code of the page when it is read: the network log tells its content.
        protocols: typeof protocol === 'string' ? protocol : null,
        protocol: native.protocol(socket),
        extensions: native.extensions(socket),
        readyState: native.readyState(socket),
        createdAt,
        byUser,
        stack,
      } as unknown as ConnectionNote;
      const counts = { __proto__: null, sentFrames: 0, receivedFrames: 0, sentBytes: 0, receivedBytes: 0 };
      const tracked: Tracked = {
        socket: new native.WeakRef(socket),
        note,
        counts,
        asked: 0,
        closedBy: 'server',
        announced: -1,
        before: last,
        after: null,
      };
      native.mapSet(bySocket, socket, tracked);
      last.after = tracked;
      last = tracked;
      return tracked;
    },
    of: (socket) => native.mapGet(bySocket, socket),
    remove(tracked) {
      const { before, after } = tracked;
      if (!before) return;
      before.after = after;
      if (after) after.before = before;
      else last = before;
      tracked.before = null;
    },
    each(visit) {
      for (let one = first.after; one; one = one.after) visit(one);
    },
  };
}
