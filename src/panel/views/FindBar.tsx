import { useEffect, useRef } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { ToolButton } from './ToolButton';

const OUTCOMES = { '': '', searching: 'Searching…', none: 'Not found', around: 'Went around the end' } as const;

/** Finds the next or the previous row that matches, without hiding the others. */
export function FindBar({ panel }: { panel: Panel }) {
  const { find } = panel;
  const input = useRef<HTMLInputElement>(null);
  const open = find.open.value;
  useEffect(() => {
    if (open) input.current?.select();
  }, [open]);
  if (!open) return null;
  const go = (backwards: boolean): void => void find.next(backwards, panel.revealRow.current);
  const close = (): void => {
    find.open.value = false;
    panel.focusFrames.current();
  };
  const problem = find.problems.value[0]?.message;
  return (
    <search class="find-bar">
      <input
        ref={input}
        type="text"
        aria-label="Find"
        placeholder="Find, as in the filter"
        spellcheck={false}
        value={find.text.value}
        onInput={(event) => {
          find.text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
        }}
      />
      <ToolButton icon="up" label="Find previous" title="Find previous (Shift+Enter)" onClick={() => go(true)} />
      <ToolButton icon="down" label="Find next" title="Find next (Enter)" onClick={() => go(false)} />
      <span role="status" aria-label="Find result">
        {problem ?? OUTCOMES[find.outcome.value]}
      </span>
      <span class="spring" />
      <ToolButton icon="close" label="Close find" onClick={close} />
    </search>
  );
}
