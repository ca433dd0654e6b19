import { signal } from '@preact/signals';
import type { QueryProblem } from '../../core/filter/types';
import type { Frames } from './frames';
import type { Link } from './link';
import type { Selection } from './selection';

/** Searches the rows without hiding any. */
export function createFind(parts: {
  link: Link;
  frames: Frames;
  selection: Selection;
  failed: (error: unknown) => void;
}) {
  const { link, frames, selection, failed } = parts;
  const open = signal(false);
  const text = signal('');
  const problems = signal<readonly QueryProblem[]>([]);
  /** What the last search came to. */
  const outcome = signal<'' | 'searching' | 'none' | 'around'>('');
  let last = 0;

  async function search(from: number, backwards: boolean): Promise<number> {
    const view = frames.state.peek().view;
    const answer = await link.store.call('find', { view, query: text.peek(), from, backwards });
    problems.value = answer.problems;
    return answer.row;
  }

  return {
    open,
    text,
    problems,
    outcome,
    /** Selects the next row that matches, around the end if need be. `reveal` shows it. */
    async next(backwards: boolean, reveal: (row: number) => void): Promise<void> {
      if (!text.peek().trim()) return;
      const mine = ++last;
      const rows = frames.state.peek().rows;
      const at = selection.focus.peek()?.row ?? -1;
      const from = backwards ? (at < 0 ? rows : at) - 1 : at + 1;
      outcome.value = 'searching';
      try {
        let row = from >= 0 && from < rows ? await search(from, backwards) : -1;
        const around = row < 0;
        if (around && mine === last) row = await search(backwards ? rows - 1 : 0, backwards);
        if (mine !== last) return;
        outcome.value = row < 0 ? 'none' : around ? 'around' : '';
        if (row < 0) return;
        frames.follow(false);
        reveal(row);
        await selection.moveTo(row, false);
      } catch (error) {
        outcome.value = '';
        failed(error);
      }
    },
  };
}
