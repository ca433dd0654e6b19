import { batch, signal } from '@preact/signals';
import type { Suggestion } from '../../core/filter';
import type { Filter } from './filter';
import type { FilterTools } from './filterTools';
import type { Seen } from './seen';

export type Suggestions = ReturnType<typeof createSuggestions>;

/** What could be typed into the filter box next. */
export function createSuggestions(filter: Filter, filterTools: FilterTools, seen: Seen) {
  const list = signal<readonly Suggestion[]>([]);
  /** Place in the list; -1 while none is chosen. */
  const active = signal(-1);
  const close = (): void => {
    batch(() => {
      list.value = [];
      active.value = -1;
    });
  };
  return {
    list,
    active,
    close,
    /** @param caret offset into the filter's text in UTF-16 units */
    ask(caret: number) {
      const tools = filterTools.tools.peek();
      if (!tools) return;
      batch(() => {
        list.value = tools.suggest(filter.text.peek(), caret, seen.values(tools)).slice(0, 12);
        active.value = -1;
      });
    },
    move(by: number) {
      const count = list.peek().length;
      if (count)
        active.value = (Math.max(-1, active.peek()) + by + (active.peek() < 0 && by < 0 ? 1 : 0) + count) % count;
    },
    /** Puts one into the text. Returns where the caret goes. */
    accept(suggestion: Suggestion): number {
      const text = filter.text.peek();
      const added = suggestion.text + (suggestion.complete ? ' ' : '');
      const rest = text.slice(suggestion.end);
      filter.text.value = text.slice(0, suggestion.start) + added + (suggestion.complete ? rest.trimStart() : rest);
      close();
      return suggestion.start + added.length;
    },
  };
}
