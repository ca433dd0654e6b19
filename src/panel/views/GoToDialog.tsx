import { useRef, useState } from 'preact/hooks';
import { endsOf, parseDestination, rowAtTime } from '../state/goTo';
import type { Panel } from '../state/panel';
import { Dialog } from './Dialog';

/** Asks for a row or a time and goes there. */
export function GoToDialog({ panel }: { panel: Panel }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const { frames, link, layout, selection, sort } = panel;
  const rows = frames.state.value.rows;

  async function go(shut: () => void): Promise<void> {
    const here = frames.rowAt(selection.focus.peek()?.row ?? -1) ?? frames.rowsHere()[0];
    const to = parseDestination(
      input.current!.value,
      here?.time ?? panel.environment.now(),
      await endsOf(link, frames),
    );
    if (!to) {
      setProblem('A row number, or a time such as 12:34:56');
      return;
    }
    if (to.type === 'time' && sort.peek().column !== 'time') {
      setProblem('Sort by time first');
      return;
    }
    const row = to.type === 'row' ? to.row - 1 : await rowAtTime(link, frames, to.time, sort.peek().descending);
    const within = Math.max(0, Math.min(rows - 1, row));
    shut();
    frames.follow(false);
    panel.revealRow.current(within);
    await selection.moveTo(within, false);
    panel.focusFrames.current();
  }

  return (
    <Dialog
      label="Go to"
      action="Go"
      close={() => {
        layout.goToOpen.value = false;
      }}
      submit={(shut) => void go(shut).catch(panel.failed)}
    >
      <label>
        Row or time
        <input ref={input} type="text" placeholder="1234 or 12:34:56.789" aria-invalid={problem !== ''} />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
