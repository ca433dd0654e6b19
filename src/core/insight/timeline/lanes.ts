import type { Connection } from '../../model/connection';

/** What of a connection is drawn over time. Times in ms since the epoch. */
export interface Span {
  connection: number;
  from: number;
  /** `null`: it goes on. */
  to: number | null;
  /** `failed`: it was never open. `broken`: it did not end in order. */
  end: 'open' | 'closed' | 'broken' | 'failed';
  code: number | null;
}

/** Close codes of an orderly end, and of one that gave none. RFC 6455 §7.4.1. */
const IN_ORDER = new Set([1000, 1001, 1005]);

/** One line of the timeline: connections to one address, one after the other. */
export interface Lane {
  url: string;
  spans: Span[];
}

/**
 * Puts connections on lanes: one that begins after another to the same address (without its query) has ended stands
 * behind it, so that a reconnecting client is one line with its gaps. In the order of their first connection.
 * @param connections in the order of construction
 */
export function lanesOf(connections: readonly Connection[]): Lane[] {
  const lanes: Lane[] = [];
  const byUrl = new Map<string, Lane[]>();
  for (const connection of connections) {
    const url = connection.url.replace(/[?#].*$/s, '');
    const same = byUrl.get(url) ?? [];
    byUrl.set(url, same);
    const span = spanOf(connection);
    const free = same.find(({ spans }) => (spans[spans.length - 1].to ?? Number.POSITIVE_INFINITY) <= span.from);
    if (free) {
      free.spans.push(span);
      continue;
    }
    const lane = { url, spans: [span] };
    same.push(lane);
    lanes.push(lane);
  }
  return lanes;
}

function spanOf(connection: Connection): Span {
  const { id, createdAt, closedAt, close, state } = connection;
  const to = state === 'closed' ? (closedAt ?? createdAt) : null;
  return { connection: id, from: createdAt, to, end: endOf(connection), code: close?.code ?? null };
}

function endOf({ state, openedAt, failure, close, sentFrames, receivedFrames }: Connection): Span['end'] {
  if (state !== 'closed') return 'open';
  const spoke = sentFrames + receivedFrames > 0;
  // One from before the recording was open too, and nobody knows when.
  if (failure !== null || (openedAt === null && close?.code === 1006 && !spoke)) return 'failed';
  return close === null || IN_ORDER.has(close.code) ? 'closed' : 'broken';
}
