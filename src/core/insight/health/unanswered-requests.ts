import type { HealthDetector } from './detector';
import { counted } from './words';

/** A request is waited for so long, in ms, before it is called unanswered while its connection is open. */
const PATIENCE_MS = 5000;
const MOST_KINDS = 3;

/** Requests that were never answered: their connection has ended, or they wait for long. */
export function createUnansweredRequests(): HealthDetector {
  return {
    findings({ connections, latest, unanswered }) {
      const ended = new Set(connections.filter(({ state }) => state === 'closed').map(({ id }) => id));
      const overdue = unanswered((connection, time) => ended.has(connection) || latest - time >= PATIENCE_MS);
      return overdue.map(({ connection, count, frames, kinds }) => ({
        id: `unanswered ${connection}`,
        severity: 'warning',
        title: `${counted(count, 'request')} without a reply${inWords(kinds)}`,
        detail:
          'The other side did not answer, or not by the id of the request. Pairs has the latencies of the others.',
        connections: [connection],
        filter: `conn:${connection} is:unanswered`,
        frames,
      }));
    },
  };
}

function inWords(kinds: ReadonlyMap<string, number>): string {
  const names = [...kinds].sort(([, one], [, other]) => other - one).flatMap(([kind]) => (kind === '' ? [] : kind));
  if (names.length === 0) return '';
  return `: ${names.slice(0, MOST_KINDS).join(', ')}${names.length > MOST_KINDS ? ' and others' : ''}`;
}
