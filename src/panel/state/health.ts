import { effect, signal, untracked } from '@preact/signals';
import type { Finding } from '../../core/insight/health/detector';
import type { HealthReport } from '../../core/insight/health/health-calls';
import { createLoop } from './createLoop';
import type { Insight } from './insight';
import { type Link, LinkError } from './link';
import type { Log } from './log';

/** How often is looked again while the log grows, in ms. */
const REFRESH_MS = 1000;

export type Health = ReturnType<typeof createHealth>;

/** What was found in the log, while Insight is open: its tab says how many. */
export function createHealth(parts: { link: Link; log: Log; insight: Insight; failed: (error: unknown) => void }) {
  const { link, log, insight, failed } = parts;
  const report = signal<HealthReport | null>(null);
  const shown = insight.open;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = createLoop(
    async () => {
      if (!shown.peek() || !link.connected.peek()) return false;
      const id = log.id.peek();
      const answer = await link.store.call('health', { log: id });
      if (id !== log.id.peek()) return true;
      report.value = answer;
      return answer.scanned < answer.total;
    },
    (error) => {
      if (!(error instanceof LinkError)) failed(error);
    },
  );

  effect(() => {
    void log.id.value;
    void log.emptied.value;
    report.value = null;
    if (shown.value) untracked(ask);
  });
  effect(() => {
    void log.counts.value;
    void log.connections.value;
    void insight.progress.value;
    if (!shown.value || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      ask();
    }, REFRESH_MS);
  });

  return {
    report,
    /** What is about a connection, or all where none is chosen; the worst first. */
    findingsOf(connection: number | null): Finding[] {
      const all = report.value?.findings ?? [];
      const own = connection === null ? all : all.filter(({ connections }) => connections.includes(connection));
      return own.toSorted((one, other) => RANK[one.severity] - RANK[other.severity]);
    },
  };
}

const RANK: Record<Finding['severity'], number> = { error: 0, warning: 1, info: 2 };
