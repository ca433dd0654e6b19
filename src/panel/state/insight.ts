import { batch, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { InsightProgress } from '../../core/insight/insight-calls';
import type { KindRow } from '../../core/insight/kinds/kind-row';
import type { PairReport } from '../../core/insight/pairs/pair-row';
import { createLoop } from './createLoop';
import type { Frames } from './frames';
import { type Link, LinkError } from './link';
import type { Log } from './log';
import { asBoolean, asNumberWithin, asOneOf, type PreferenceStorage, preference } from './preference';

export type InsightTab = 'kinds' | 'pairs' | 'timeline' | 'health';

export type Insight = ReturnType<typeof createInsight>;

/**
 * The drawer that tells what is going on: whether it is open, on which tab and how high (CSS pixels), as it was left; and
 * what the store tells of kinds and pairs, which it reads only while the drawer is open.
 */
export function createInsight(parts: {
  storage: PreferenceStorage;
  link: Link;
  log: Log;
  frames: Frames;
  connection: ReadonlySignal<number | null>;
  failed: (error: unknown) => void;
}) {
  const { storage, link, log, frames, connection, failed } = parts;
  const open = preference(storage, 'insightOpen', false, asBoolean);
  const tab = preference<InsightTab>(
    storage,
    'insightTab',
    'kinds',
    asOneOf<InsightTab>('kinds', 'pairs', 'timeline', 'health'),
  );
  const progress = signal<InsightProgress | null>(null);
  const kinds = signal<readonly KindRow[] | null>(null);
  const pairs = signal<PairReport | null>(null);
  /** Whether any row that was seen asks or answers. */
  const pairsSeen = signal(false);
  const looksAt = (): 'kinds' | 'pairs' | null => {
    const chosen = tab.value;
    return open.value && (chosen === 'kinds' || chosen === 'pairs') ? chosen : null;
  };

  const ask = createLoop(
    async () => {
      const wanted = untracked(looksAt);
      if (wanted === null || !link.connected.peek()) return false;
      const of = { log: log.id.peek(), connection: connection.peek() };
      const answer = await (wanted === 'kinds'
        ? link.store.call('kinds', of).then((rows) => () => {
            kinds.value = rows;
          })
        : link.store.call('pairs', of).then((report) => () => {
            pairs.value = report;
          }));
      if (of.log !== log.id.peek() || of.connection !== connection.peek()) return true;
      answer();
      return false;
    },
    (error) => {
      if (!(error instanceof LinkError)) failed(error);
    },
  );

  function watch(id: string, on: boolean): void {
    link.store
      .call('watchInsight', { log: id, on })
      .then((answer) => {
        if (on && answer.log === log.id.peek()) progress.value = answer;
      })
      .catch((error: unknown) => {
        // A session that was closed is not watched any more.
        if (on && !(error instanceof LinkError)) failed(error);
      });
  }

  effect(() => {
    const id = log.id.value;
    void log.emptied.value;
    untracked(() =>
      batch(() => {
        progress.value = null;
        kinds.value = null;
        pairs.value = null;
        pairsSeen.value = false;
      }),
    );
    if (!open.value || !link.connected.value) return undefined;
    untracked(() => watch(id, true));
    return () => watch(id, false);
  });
  effect(() => {
    void connection.value;
    void log.emptied.value;
    if (looksAt() !== null) untracked(ask);
  });
  link.onConnect(() => {
    if (!open.peek()) return;
    watch(log.id.peek(), true);
    ask();
  });
  link.store.on('insight', (next) => {
    if (next.log !== log.id.peek()) return;
    progress.value = next;
    if (next.linked) frames.refresh();
    ask();
  });
  frames.onRows((rows) => {
    if (!pairsSeen.peek() && rows.some(({ pair }) => pair !== null)) pairsSeen.value = true;
  });

  return {
    open,
    tab,
    height: preference(storage, 'insightHeight', 220, asNumberWithin(80, 4000)),
    progress,
    /** `null` until the first answer. */
    kinds,
    pairs,
    pairsSeen,
    toggle() {
      open.value = !open.peek();
    },
  };
}
