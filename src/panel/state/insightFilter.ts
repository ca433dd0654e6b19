import { computed, signal } from '@preact/signals';
import type { Filter } from './filter';
import type { FilterTools } from './filterTools';

/** A term that a click put into the filter, and what was there before and after it. */
interface Applied {
  key: string;
  term: string;
  before: string;
  after: string;
}

/** Filters by a row of insight; the same row again takes that back, another one takes its place. */
export function createInsightFilter(filter: Filter, tools: FilterTools, failed: (error: unknown) => void) {
  const applied = signal<Applied | null>(null);
  const active = computed(() =>
    applied.value !== null && filter.text.value.includes(applied.value.term) ? applied.value.key : null,
  );

  /** The filter without the term. What the user typed since stays. */
  function without({ term, before, after }: Applied): string {
    const text = filter.text.peek();
    return text === after ? before : text.replace(term, '').replace(/ {2,}/g, ' ').trim();
  }

  function undo(): boolean {
    const last = applied.peek();
    if (last === null || active.peek() === null) return false;
    filter.text.value = without(last);
    applied.value = null;
    return true;
  }

  return {
    /** Key of the row that the list is filtered by. */
    active,
    /** @returns whether there was something to undo */
    undo,
    /** @param key of the row; @param term its query */
    async toggle(key: string, term: string) {
      const again = active.peek() === key;
      undo();
      if (again) return;
      try {
        const { addTerm } = await tools.load();
        const before = filter.text.peek();
        const after = addTerm(before, term);
        filter.text.value = after;
        applied.value = { key, term, before, after };
      } catch (error) {
        failed(error);
      }
    },
  };
}
