import type { Connection } from '../../model/connection';
import type { Finding, HealthDetector } from './detector';
import { counted } from './words';

/** What the codes mean that are not an orderly end. RFC 6455 §7.4.1 and the IANA registry of close codes. */
const MEANINGS: Record<number, string> = {
  1002: 'One side broke the protocol.',
  1003: 'One side got a kind of data that it does not take.',
  1006: 'The connection was lost without a close frame: the network, a proxy or a crash.',
  1007: 'A text message was not valid UTF-8.',
  1008: 'A message was against the policy of the other side.',
  1009: 'A message was too large for the other side.',
  1010: 'The server did not offer an extension that the client needs.',
  1011: 'The server failed while it handled the connection.',
  1012: 'The server is being restarted.',
  1013: 'The server is overloaded: try again later.',
  1014: 'A gateway got no valid answer from the server behind it.',
  1015: 'The TLS handshake failed.',
};
const ORDERLY = new Set([1000, 1001, 1005]);
/** Codes that applications give a meaning of their own. */
const OWN_CODES = 3000;

/** Connections that ended otherwise than in order, and handshakes that failed. */
export function createAbnormalCloses(): HealthDetector {
  return {
    findings({ connections }) {
      const byCode = new Map<number, Connection[]>();
      const failed: Connection[] = [];
      for (const connection of connections) {
        const { close, failure } = connection;
        if (failure !== null) failed.push(connection);
        else if (close && !ORDERLY.has(close.code))
          byCode.set(close.code, [...(byCode.get(close.code) ?? []), connection]);
      }
      return [...closes(byCode), ...failures(failed)];
    },
  };
}

function closes(byCode: Map<number, Connection[]>): Finding[] {
  return [...byCode].map(([code, ended]) => ({
    id: `close ${code}`,
    severity: code >= OWN_CODES ? 'info' : 'error',
    title: `${counted(ended.length, 'connection')} closed with ${code}`,
    detail: MEANINGS[code] ?? 'A code of the application: its own documentation tells what it means.',
    connections: ended.map(({ id }) => id),
    filter: `code:${code}`,
    frames: [],
  }));
}

function failures(failed: Connection[]): Finding[] {
  const byReason = new Map<string, Connection[]>();
  for (const connection of failed) {
    const reason = connection.failure ?? '';
    byReason.set(reason, [...(byReason.get(reason) ?? []), connection]);
  }
  return [...byReason].map(([reason, refused]) => ({
    id: `failed ${reason}`,
    severity: 'error',
    title: `${counted(refused.length, 'handshake')} failed: ${reason}`,
    detail:
      'The page is told nothing but that there was an error; the Handshake tab of the connection has the headers.',
    connections: refused.map(({ id }) => id),
    filter: refused.map(({ id }) => `conn:${id}`).join(' OR '),
    frames: [],
  }));
}
