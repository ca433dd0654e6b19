import { useEffect, useRef } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { formatCount } from '../text/formatCount';
import { ToolButton } from './ToolButton';

/** What Find came to, in words: `3 of 120`, with a sign that more may come while the log is looked through. */
function resultOf({ find }: Panel): string {
  const problem = find.problems.value[0]?.message;
  if (problem) return problem;
  const found = find.found.value;
  const outcome = find.outcome.value;
  const stopped = find.stopped.value;
  if (!found?.rows && stopped) return stopped;
  if (!found) return '';
  const whole = stopped !== null || found.scanned >= found.total;
  if (found.rows === 0) return whole ? 'Not found' : 'Searching…';
  const all = `${formatCount(found.rows)}${whole ? '' : '…'}`;
  const count = find.place.value > 0 ? `${formatCount(find.place.value)} of ${all}` : `${all} found`;
  return [count, outcome === 'around' && 'went around the end', stopped].filter(Boolean).join(', ');
}

/** Finds the next or the previous row that matches, without hiding the others. */
export function FindBar({ panel }: { panel: Panel }) {
  const { find } = panel;
  const input = useRef<HTMLInputElement>(null);
  const open = find.open.value;
  const wanted = find.wanted.value;
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [wanted]);
  if (!open) return null;
  const go = (backwards: boolean): void => void find.next(backwards, panel.revealRow.current);
  const close = (): void => {
    find.open.value = false;
    panel.focusFrames.current();
  };
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
          // A key that is held down asks for no more steps than can be taken.
          const tooMuch = event.repeat && find.outcome.value === 'searching';
          if (event.key === 'Escape') close();
          else if (event.key !== 'Enter') return;
          else if (!tooMuch) go(event.shiftKey);
          event.preventDefault();
        }}
      />
      <ToolButton icon="up" label="Find previous" title="Find previous (Shift+Enter)" onClick={() => go(true)} />
      <ToolButton icon="down" label="Find next" title="Find next (Enter)" onClick={() => go(false)} />
      <span role="status" aria-label="Find result">
        {resultOf(panel)}
      </span>
      <span class="spring" />
      <ToolButton icon="close" label="Close find" onClick={close} />
    </search>
  );
}
