import type { ConnectionNote } from '../core/batch/layout';
import { native } from './natives';

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

/**
 * The sockets of the document: those that are open, and the latest that are not.
 * Invariant: the page's garbage collection of sockets is the same as without it.
 */
export class Sockets {
  private readonly bySocket = new WeakMap<WebSocket, Tracked>();
  private list: Tracked[] = [];
  private lastId = 0;
  private limit = MOST_LISTED;

  /** Begins to track a socket. */
  add(socket: WebSocket, protocols: string[], createdAt: number, byUser: boolean, stack: string | null): Tracked {
    const tracked: Tracked = {
      id: ++this.lastId,
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
    native.mapSet(this.bySocket, socket, tracked);
    this.list[this.list.length] = tracked;
    if (this.list.length > this.limit) this.forgetClosed();
    return tracked;
  }

  of(socket: WebSocket): Tracked | undefined {
    return native.mapGet(this.bySocket, socket);
  }

  /** @returns the socket, while it is alive */
  byId(id: number): { tracked: Tracked; socket: WebSocket } | null {
    for (let index = 0; index < this.list.length; index++) {
      const tracked = this.list[index];
      const socket = tracked.id === id ? native.deref(tracked.socket) : undefined;
      if (socket) return { tracked, socket };
    }
    return null;
  }

  each(visit: (tracked: Tracked) => void): void {
    for (let index = 0; index < this.list.length; index++) visit(this.list[index]);
  }

  /** A page may open any number of sockets in its life: only so many closed ones are remembered. */
  private forgetClosed(): void {
    let closed = 0;
    const kept: Tracked[] = [];
    for (let index = this.list.length - 1; index >= 0; index--) {
      const tracked = this.list[index];
      if (tracked.readyState < 3 || closed++ < MOST_LISTED / 4) kept[kept.length] = tracked;
    }
    const ordered: Tracked[] = [];
    for (let index = kept.length - 1; index >= 0; index--) ordered[ordered.length] = kept[index];
    this.list = ordered;
    this.limit = ordered.length * 2 + MOST_LISTED;
  }
}

const MOST_LISTED = 400;
