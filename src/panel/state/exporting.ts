import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ExportScope } from '../../core/messages/store';
import type { Frames } from './frames';
import type { Jobs } from './jobs';
import type { Link } from './link';
import type { Log } from './log';
import type { Selection } from './selection';

export type ScopeId = 'all' | 'filtered' | 'selected';

/** What a store writes at least; it is asked for all it knows. */
const FORMATS = [
  { id: 'har', label: 'HAR', extension: 'har' },
  { id: 'ndjson', label: 'NDJSON', extension: 'ndjson' },
];

/** Which frames go into a file, and in which format. */
export function createExporting(parts: {
  link: Link;
  log: Log;
  frames: Frames;
  selection: Selection;
  jobs: Jobs;
  /** Whether the list shows less than all. */
  filtered: ReadonlySignal<boolean>;
  failed: (error: unknown) => void;
}) {
  const { link, log, frames, selection, jobs, filtered, failed } = parts;
  const chosen = signal<ScopeId | null>(null);
  const formats = signal<readonly { id: string; label: string; extension: string }[]>(FORMATS);
  link.onConnect(() => {
    link.store
      .call('formats', null)
      .then((list) => {
        if (list.length) formats.value = list;
      })
      .catch(failed);
  });
  const scope = computed<ScopeId>(() => {
    if (chosen.value === 'selected' && selection.size.value === 0) return filtered.value ? 'filtered' : 'all';
    return chosen.value ?? (filtered.value ? 'filtered' : 'all');
  });
  return {
    formats,
    scope,
    scopes: computed(() => [
      { id: 'all' as const, label: 'All', count: log.counts.value.frames },
      { id: 'filtered' as const, label: 'Filtered', count: frames.state.value.rows },
      { id: 'selected' as const, label: 'Selected', count: selection.size.value },
    ]),
    choose(id: ScopeId) {
      chosen.value = id;
    },
    async save(format: string, label: string): Promise<void> {
      try {
        const what: ExportScope = { log: log.id.peek(), frames: null, view: null };
        if (scope.peek() === 'filtered') what.view = frames.state.peek().view;
        if (scope.peek() === 'selected') what.frames = await selection.numbers();
        chosen.value = null;
        await jobs.export(format, label, what);
      } catch (error) {
        failed(error);
      }
    },
  };
}
