import { useEffect, useRef, useState } from 'preact/hooks';
import type { Suggestion } from '../../core/filter';
import type { Suggestions } from '../state/suggestions';

interface FilterSuggestionsProps {
  suggestions: Suggestions;
  choose(suggestion: Suggestion): void;
}

/** The list beneath the filter box. The box keeps the focus and drives it. */
export function FilterSuggestions({ suggestions, choose }: FilterSuggestionsProps) {
  const host = useRef<HTMLDivElement>(null);
  // The list appears over rows while somebody types: a click aimed at a row must not choose a suggestion, so it
  // takes clicks only once the pointer has moved about in it.
  const [moves, setMoves] = useState(0);
  const list = suggestions.list.value;
  const open = list.length > 0;
  useEffect(() => {
    setMoves(0);
    if (!open) return;
    const onMove = (event: PointerEvent): void => {
      const box = host.current?.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      if (box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) setMoves((count) => count + 1);
    };
    document.addEventListener('pointermove', onMove);
    return () => document.removeEventListener('pointermove', onMove);
  }, [open]);
  if (!open) return null;
  return (
    <div
      ref={host}
      class={`suggestions${moves > 1 ? ' clickable' : ''}`}
      id="filter-suggestions"
      role="listbox"
      aria-label="Suggestions"
    >
      {list.map((suggestion, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box hears the keys
        <div
          key={suggestion.text}
          id={`filter-suggestion-${at}`}
          class="suggestion"
          role="option"
          aria-selected={at === suggestions.active.value}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(suggestion)}
        >
          <code>{suggestion.text}</code>
          <span>{suggestion.detail}</span>
        </div>
      ))}
    </div>
  );
}
