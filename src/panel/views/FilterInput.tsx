import { useEffect, useRef } from 'preact/hooks';
import type { Suggestion } from '../../core/filter';
import type { Panel } from '../state/panel';
import { FilterSuggestions } from './FilterSuggestions';
import { Icon } from './Icon';

/** The box in which the filter is typed. */
export function FilterInput({ panel, hasProblem }: { panel: Panel; hasProblem: boolean }) {
  const { filter, filterTools, suggestions } = panel;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    panel.focusFilter.current = () => {
      input.current?.focus();
      input.current?.select();
    };
  }, [panel]);
  const text = filter.text.value;
  const active = suggestions.active.value;

  function choose(suggestion: Suggestion): void {
    const caret = suggestions.accept(suggestion);
    const element = input.current!;
    element.value = filter.text.peek();
    element.setSelectionRange(caret, caret);
    if (!suggestion.complete) suggestions.ask(caret);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const list = suggestions.list.peek();
    const chosen = list[suggestions.active.peek()];
    if (event.key === 'Escape') {
      if (list.length) suggestions.close();
      else if (filter.text.peek()) filter.text.value = '';
      else panel.focusFrames.current();
    } else if (list.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
      suggestions.move(event.key === 'ArrowDown' ? 1 : -1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) choose(chosen);
    else if (event.key === ' ' && event.ctrlKey) suggestions.ask(input.current!.selectionStart ?? 0);
    else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      suggestions.close();
      panel.focusFrames.current();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class={`filter-box${hasProblem ? ' has-problem' : ''}`}>
      <Icon name="filter" />
      <input
        ref={input}
        type="search"
        aria-label="Filter frames"
        aria-describedby={hasProblem ? 'filter-problems' : undefined}
        aria-invalid={hasProblem}
        aria-autocomplete="list"
        aria-controls={suggestions.list.value.length ? 'filter-suggestions' : undefined}
        aria-activedescendant={active >= 0 ? `filter-suggestion-${active}` : undefined}
        placeholder="Filter: text, /regex/i, -exclude, dir:sent"
        spellcheck={false}
        autocomplete="off"
        value={text}
        onFocus={() => void filterTools.load().catch(panel.failed)}
        onBlur={suggestions.close}
        onInput={(event) => {
          filter.text.value = event.currentTarget.value;
          suggestions.ask(event.currentTarget.selectionStart ?? 0);
        }}
        onKeyDown={onKeyDown}
      />
      {text && (
        <button
          type="button"
          class="tool small"
          aria-label="Empty the filter box"
          title="Empty the filter box"
          onClick={() => {
            filter.text.value = '';
            input.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
      <FilterSuggestions suggestions={suggestions} choose={choose} />
    </div>
  );
}
