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
  /** Its payload is not to be read. */
  unread?: boolean;
  /** It is no message: something is missing here. */
  miss?: boolean;
}

/** Something that is missing. */
export const missing = (at: number, connection = 1): Said => ({ at, text: '', connection, miss: true });

/** What a detector finds in messages, in the order of their times; they are numbered from 0. */
export function look(
  detector: HealthDetector,
  said: readonly Said[],
  connections: Connection[] = [plainConnection],
): Finding[] {
  const inOrder = [...said].sort((one, other) => one.at - other.at);
  inOrder.forEach((each, frame) => {
    const { at: time, text: said, sent = false, connection = 1, bytes = said.length, buffered = null } = each;
    const content = each.unread ? null : said;
    const told = { frame, time, connection, sent, text: true, bytes, failed: false, buffered, content, head: content };
    if (each.miss) detector.miss?.(connection, time);
    else detector.see?.(told);
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
