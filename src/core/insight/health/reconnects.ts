import type { Connection } from '../../model/connection';
import { lanesOf, type Span } from '../timeline/lanes';
import type { Finding, HealthDetector } from './detector';
import { counted, lasting } from './words';

/** So many connections, one after the other, in so many ms are a storm. */
const STORM = 4;
const WITHIN_MS = 30_000;

/** Clients that connect again and again. */
export function createReconnects(): HealthDetector {
  return {
    findings({ connections }) {
      // A page that is loaded anew connects anew.
      const documents = new Map<number, Connection[]>();
      for (const connection of connections) {
        const of = documents.get(connection.document) ?? [];
        of.push(connection);
        documents.set(connection.document, of);
      }
      const lanes = [...documents.values()].flatMap((of) => lanesOf(of));
      return lanes.flatMap(({ url, spans }): Finding | [] => {
        const storm = longestStorm(spans);
        if (storm.length < STORM) return [];
        const took = storm[storm.length - 1].from - storm[0].from;
        return {
          id: `reconnects ${url} ${storm[0].connection}`,
          severity: 'warning',
          title: `${counted(storm.length, 'connection')} to ${url} within ${lasting(took)}, one after the other`,
          detail: 'A client that reconnects at once may hold a server down: it should wait longer each time.',
          connections: storm.map(({ connection }) => connection),
          filter: storm.map(({ connection }) => `conn:${connection}`).join(' OR '),
          frames: [],
        };
      });
    },
  };
}

/** The most connections of a lane that begin within the time of a storm. */
function longestStorm(spans: readonly Span[]): readonly Span[] {
  let longest: readonly Span[] = [];
  let first = 0;
  for (let last = 0; last < spans.length; last++) {
    while (spans[last].from - spans[first].from > WITHIN_MS) first++;
    if (last - first + 1 > longest.length) longest = spans.slice(first, last + 1);
  }
  return longest;
}
