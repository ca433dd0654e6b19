import { batch, effect, signal, untracked } from '@preact/signals';
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
  /** Where suggestions were asked for before there was anything to suggest. */
  let early: number | null = null;
  const put = (next: readonly Suggestion[]): void => {
    batch(() => {
      list.value = next;
      active.value = -1;
    });
  };
  const close = (): void => {
    early = null;
    put([]);
  };
  /** @param caret offset into the filter's text in UTF-16 units */
  const ask = (caret: number): void => {
    const tools = filterTools.tools.peek();
    early = tools && seen.known.peek() ? null : caret;
    if (tools) put(tools.suggest(filter.text.peek(), caret, seen.values(tools)).slice(0, 12));
  };
  effect(() => {
    void filterTools.tools.value;
    void seen.known.value;
    if (early !== null) untracked(() => ask(early!));
  });
  return {
    list,
    active,
    close,
    ask,
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
