import type { Connection } from '../../core/model/connection';
import type { SocketEntry } from './socket-entry';

/** By how much the clocks of the page and of the network log may differ, in ms. */
const SLACK_MS = 25;
/** By how much a handshake may be before the construction, whose time is taken when the constructor has returned. */
const BEFORE_MS = 200;

/**
 * Finds the connection of the page that each entry of the network log belongs to. The two know each other by URL and
 * time only: a handshake is sent between construction and `open` (or `close`, if it failed), and those to one URL are
 * sent in the order of construction (WHATWG WebSockets §4.1 lets only one be connecting to a host).
 * @param entries in any order
 * @param connections those that still lack a handshake
 * @returns the connection of each entry that has one; each is given once
 */
export function matchEntries(
  entries: readonly SocketEntry[],
  connections: Iterable<Connection>,
): Map<SocketEntry, Connection> {
  const free = [...connections].sort((a, b) => a.createdAt - b.createdAt);
  const found = new Map<SocketEntry, Connection>();
  const inOrder = [...entries].sort((a, b) => (a.startedAt ?? Infinity) - (b.startedAt ?? Infinity));
  for (const entry of inOrder) {
    const index = free.findIndex((connection) => fits(entry, connection));
    if (index < 0) continue;
    found.set(entry, free[index]);
    free.splice(index, 1);
  }
  return found;
}

function fits(entry: SocketEntry, connection: Connection): boolean {
  if (withoutHash(entry.url) !== withoutHash(connection.url)) return false;
  const { createdAt, openedAt, closedAt, state } = connection;
  // Refused before anything was sent: only a connection that never opened can be meant.
  if (entry.startedAt === null) return openedAt === null && state !== 'open';
  if (openedAt === null && state === 'open') return false;
  const until = openedAt ?? closedAt ?? Infinity;
  return entry.startedAt >= createdAt - BEFORE_MS && entry.startedAt <= until + SLACK_MS;
}

function withoutHash(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}
