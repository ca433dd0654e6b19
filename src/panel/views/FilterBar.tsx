import { useEffect, useRef } from 'preact/hooks';
import { typedProblems } from '../state/filter';
import type { Panel } from '../state/panel';
import { FilterProblems } from './FilterProblems';
import { Icon } from './Icon';

/** The filter box and its chips. */
export function FilterBar({ panel }: { panel: Panel }) {
  const { filter, frames } = panel;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    panel.focusFilter.current = () => {
      input.current?.focus();
      input.current?.select();
    };
  }, [panel]);
  const text = filter.text.value;
  const view = frames.state.value;
  const problems = typedProblems(view.problems, filter.combined.value.typedAt, text.length);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (filter.text.peek()) filter.text.value = '';
      else panel.focusFrames.current();
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      panel.focusFrames.current();
    }
  }

  return (
    <div class="filter-bar">
      <div class={`filter-box${problems.length ? ' has-problem' : ''}`}>
        <Icon name="filter" />
        <input
          ref={input}
          type="search"
          aria-label="Filter frames"
          aria-describedby={problems.length ? 'filter-problems' : undefined}
          aria-invalid={problems.length > 0}
          placeholder="Filter: text, /regex/i, -exclude"
          spellcheck={false}
          autocomplete="off"
          value={text}
          onInput={(event) => {
            filter.text.value = event.currentTarget.value;
          }}
          onKeyDown={onKeyDown}
        />
        {text && (
          <button
            type="button"
            class="tool small"
            aria-label="Clear the filter text"
            title="Clear the filter text"
            onClick={() => {
              filter.text.value = '';
              input.current?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      <Chips panel={panel} />
      <FilterProblems text={text} problems={problems} stopped={view.stopped} />
    </div>
  );
}

function Chips({ panel }: { panel: Panel }) {
  const { filter } = panel;
  return (
    <fieldset class="chips">
      <legend class="off-screen">Show only</legend>
      <Chip label="Sent" on={filter.direction.value === 'sent'} toggle={() => filter.toggleDirection('sent')} />
      <Chip
        label="Received"
        on={filter.direction.value === 'received'}
        toggle={() => filter.toggleDirection('received')}
      />
      <span class="divider" />
      <Chip label="Text" on={filter.kinds.value.has('text')} toggle={() => filter.toggleKind('text')} />
      <Chip label="Binary" on={filter.kinds.value.has('binary')} toggle={() => filter.toggleKind('binary')} />
      <Chip label="Events" on={filter.kinds.value.has('events')} toggle={() => filter.toggleKind('events')} />
    </fieldset>
  );
}

function Chip({ label, on, toggle }: { label: string; on: boolean; toggle(): void }) {
  return (
    <button type="button" class="chip" aria-pressed={on} onClick={toggle}>
      {label}
    </button>
  );
}
