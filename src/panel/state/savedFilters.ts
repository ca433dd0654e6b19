import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { isRecord } from '../../core/messages/rpc';
import { type PreferenceStorage, preference } from './preference';

/** A filter that was given a name. `site` is the host it is for; `null`: for all. */
export interface SavedFilter {
  name: string;
  query: string;
  site: string | null;
}

/** Named filters, for one site or for all, remembered. */
export function createSavedFilters(storage: PreferenceStorage, site: ReadonlySignal<string>) {
  const all: Signal<readonly SavedFilter[]> = preference(storage, 'savedFilters', [], parse);
  return {
    /** Whether a name is being asked for. */
    naming: signal(false),
    /** Those for this site, then those for all. */
    list: computed(() =>
      all.value
        .filter((each) => each.site === null || each.site === site.value)
        .toSorted((a, b) => Number(a.site === null) - Number(b.site === null) || a.name.localeCompare(b.name)),
    ),
    /** One of the same name and site is replaced. */
    save(filter: SavedFilter) {
      all.value = [...all.peek().filter((each) => each.name !== filter.name || each.site !== filter.site), filter];
    },
    remove(filter: SavedFilter) {
      all.value = all.peek().filter((each) => each !== filter);
    },
  };
}

function parse(stored: unknown): SavedFilter[] | undefined {
  if (!Array.isArray(stored)) return undefined;
  return stored.flatMap((each): SavedFilter[] => {
    if (!isRecord(each) || typeof each.name !== 'string' || typeof each.query !== 'string') return [];
    return [{ name: each.name, query: each.query, site: typeof each.site === 'string' ? each.site : null }];
  });
}
