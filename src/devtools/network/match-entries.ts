import type { Connection } from '../../core/model/connection';
import { headerOf, type SocketEntry } from './socket-entry';

/** By how much the clocks of the page and of the network log may differ, in ms. */
const SLACK_MS = 25;
/** By how much a handshake may be before the construction, whose time is taken when the constructor has returned. */
const BEFORE_MS = 200;

/**
 * Finds the connection of the page that each entry of the network log belongs to. The two know each other by URL,
 * subprotocols and time only: a handshake is sent between construction and `open` (or `close`, if it failed), and of
 * those to one host the next is sent when the one before is over (WHATWG WebSockets §4.1 lets only one be connecting):
 * so they stand in the order of their ends, which a busy browser does not keep to be that of construction.
 * @param entries in any order
 * @param connections those that still lack a handshake
 * @returns the connection of each entry that has one; each is given once
 */
export function matchEntries(
  entries: readonly SocketEntry[],
  connections: Iterable<Connection>,
): Map<SocketEntry, Connection> {
  const free = [...connections].sort((a, b) => compare(endOf(a), endOf(b)) || a.createdAt - b.createdAt);
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
  if (!sameProtocols(entry, connection)) return false;
  const { createdAt, openedAt, state } = connection;
  // Refused before anything was sent: only a connection that never opened can be meant.
  if (entry.startedAt === null) return openedAt === null && state !== 'open';
  if (openedAt === null && state === 'open') return false;
  const until = endOf(connection);
  return entry.startedAt >= createdAt - BEFORE_MS && entry.startedAt <= until + SLACK_MS;
}

/** When its handshake was over, ms since the epoch; infinite while it is not, as far as is known. */
function endOf({ openedAt, closedAt }: Connection): number {
  return openedAt ?? closedAt ?? Infinity;
}

/** Not their difference: that of two that are infinite is no number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether nothing that is known of the subprotocols, asked for and chosen, tells the two apart. */
function sameProtocols({ handshake }: SocketEntry, { protocols, protocol, openedAt }: Connection): boolean {
  const asked = headerOf(handshake.requestHeaders, 'sec-websocket-protocol');
  if (asked !== '' && protocols.length > 0 && asked.split(/[ \t]*,[ \t]*/).join() !== protocols.join()) return false;
  const isTold = openedAt !== null && handshake.status === 101 && handshake.responseHeaders.length > 0;
  return !isTold || headerOf(handshake.responseHeaders, 'sec-websocket-protocol') === protocol;
}

function withoutHash(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}
