import type { ConnectionNote } from '../core/batch/layout';
import * as native from './natives';

/** What the page script knows of one socket. It never keeps the socket alive. */
export interface Tracked {
  /** Number within the document, counted from 1. */
  id: number;
  socket: WeakRef<WebSocket>;
  url: string;
  protocols: string[];
  createdAt: number;
  byUser: boolean;
  stack: string | null;
  closedBy: 'page' | 'user' | 'server';
  /** As of the last event: a socket that is gone can no longer be asked. */
  readyState: number;
  protocol: string;
  extensions: string;
  /** Whether whoever records was told of it. */
  announced: boolean;
  sentFrames: number;
  sentBytes: number;
  receivedFrames: number;
  receivedBytes: number;
}

/** The note that announces a socket. @param before whether what it counted so far is told */
export function connectionNote(tracked: Tracked, before: boolean): ConnectionNote {
  // Neither these objects nor the list inherit anything: a page's `toJSON` would be called otherwise.
  return {
    __proto__: null,
    type: 'connection',
    id: tracked.id,
    url: tracked.url,
    protocols: tracked.protocols,
    protocol: tracked.protocol,
    extensions: tracked.extensions,
    readyState: tracked.readyState,
    createdAt: tracked.createdAt,
    byUser: tracked.byUser,
    stack: tracked.stack,
    before: before
      ? {
          __proto__: null,
          sentFrames: tracked.sentFrames,
          receivedFrames: tracked.receivedFrames,
          sentBytes: tracked.sentBytes,
          receivedBytes: tracked.receivedBytes,
        }
      : null,
  } as ConnectionNote;
}

/** The sockets of the document: those that are open, and the latest that are not. */
export interface Sockets {
  /** Begins to track a socket. */
  add(socket: WebSocket, protocols: string[], createdAt: number, byUser: boolean, stack: string | null): Tracked;
  of(socket: WebSocket): Tracked | undefined;
  /** @returns the socket, while it is alive */
  byId(id: number): { tracked: Tracked; socket: WebSocket } | null;
  each(visit: (tracked: Tracked) => void): void;
}

/** A page may open any number of sockets in its life: about so many that are closed are remembered. */
const MOST_CLOSED = 100;

/** Invariant: the page's garbage collection of sockets is the same as without this. */
export function createSockets(): Sockets {
  const bySocket = new WeakMap<WebSocket, Tracked>();
  let list: Tracked[] = [];
  let lastId = 0;
  let limit = MOST_CLOSED * 2;

  const each = (visit: (tracked: Tracked) => void) => {
    for (let index = 0; index < list.length; index++) visit(list[index]);
  };

  const forgetClosed = () => {
    let closed = 0;
    each((tracked) => {
      if (tracked.readyState === 3) closed++;
    });
    const kept: Tracked[] = [];
    each((tracked) => {
      if (tracked.readyState < 3 || closed-- <= MOST_CLOSED) kept[kept.length] = tracked;
    });
    list = kept;
    limit = kept.length + MOST_CLOSED;
  };

  return {
    add(socket, protocols, createdAt, byUser, stack) {
      const tracked: Tracked = {
        id: ++lastId,
        socket: new native.WeakRef(socket),
        url: native.url(socket),
        protocols,
        createdAt,
        byUser,
        stack,
        closedBy: 'server',
        readyState: native.readyState(socket),
        protocol: native.protocol(socket),
        extensions: native.extensions(socket),
        announced: false,
        sentFrames: 0,
        sentBytes: 0,
        receivedFrames: 0,
        receivedBytes: 0,
      };
      native.mapSet(bySocket, socket, tracked);
      list[list.length] = tracked;
      if (list.length > limit) forgetClosed();
      return tracked;
    },
    of: (socket) => native.mapGet(bySocket, socket),
    byId(id) {
      for (let index = 0; index < list.length; index++) {
        const tracked = list[index];
        const socket = tracked.id === id ? native.deref(tracked.socket) : undefined;
        if (socket) return { tracked, socket };
      }
      return null;
    },
    each,
  };
}
