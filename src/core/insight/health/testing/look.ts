import { plainConnection } from '../../../format/testing/plain-connection';
import type { Connection } from '../../../model/connection';
import type { Finding, HealthDetector } from '../detector';

export interface Said {
  at: number;
  text: string;
  sent?: boolean;
  connection?: number;
  bytes?: number;
  buffered?: number | null;
}

/** What a detector finds in messages, in the order of their times; they are numbered from 0. */
export function look(
  detector: HealthDetector,
  said: readonly Said[],
  connections: Connection[] = [plainConnection],
): Finding[] {
  const inOrder = [...said].sort((one, other) => one.at - other.at);
  inOrder.forEach(({ at, text, sent = false, connection = 1, bytes = text.length, buffered = null }, frame) => {
    const failed = false;
    detector.see?.({ frame, time: at, connection, sent, text: true, bytes, failed, buffered, content: text });
  });
  return detector.findings({
    connections,
    start: inOrder[0]?.at ?? 0,
    latest: inOrder.at(-1)?.at ?? 0,
    unanswered: () => [],
  });
}

export const titles = (findings: readonly Finding[]): string[] => findings.map(({ title }) => title);

/** So many messages, one every `ms`, the first at `from`. */
export function every(ms: number, count: number, text: (n: number) => string, from = 0): Said[] {
  return Array.from({ length: count }, (_, n) => ({ at: from + n * ms, text: text(n) }));
}

/** The same, but sent. */
export const sent = (said: readonly Said[]): Said[] => said.map((each) => ({ ...each, sent: true }));
