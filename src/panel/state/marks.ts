import { signal } from '@preact/signals';
import type { Detail } from './detail';
import type { Frames } from './frames';
import type { Link } from './link';
import type { Log } from './log';
import type { Notices } from './notices';
import type { Selection } from './selection';

export type Marks = ReturnType<typeof createMarks>;

/** Bookmarks on frames. */
export function createMarks(parts: {
  link: Link;
  log: Log;
  frames: Frames;
  selection: Selection;
  detail: Detail;
  notices: Notices;
}) {
  const { link, log, frames, selection, detail, notices } = parts;
  /** Whether a mark that is there would be known: what is not must not be written over. */
  const isKnown = (): boolean => selection.focus.peek() === null || detail.focused() !== undefined;
  async function set(marked: boolean, note: string): Promise<void> {
    try {
      const numbers = await selection.numbers();
      if (!numbers.length) return;
      await link.store.call('mark', { log: log.id.peek(), frames: numbers, marked, note });
      const row = detail.focused();
      // Out of sight it is not asked for again.
      if (row && numbers.includes(row.frame)) Object.assign(row, { marked, note });
      frames.refresh();
    } catch (error) {
      notices.error(error);
    }
  }
  /** The note that is being written; `null` while none is. */
  const noting = signal<string | null>(null);
  return {
    set,
    noting,
    askNote() {
      if (isKnown()) noting.value = detail.focused()?.note ?? '';
    },
    /** Marks the selected frames, or takes the mark away if the focused one has it. */
    async toggle(): Promise<void> {
      if (isKnown()) await set(!detail.focused()?.marked, '');
    },
  };
}
