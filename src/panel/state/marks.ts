import { signal } from '@preact/signals';
import type { Frames } from './frames';
import type { Link } from './link';
import type { Log } from './log';
import type { Notices } from './notices';
import type { Selection } from './selection';

export type Marks = ReturnType<typeof createMarks>;

/** Bookmarks on frames. */
export function createMarks(parts: { link: Link; log: Log; frames: Frames; selection: Selection; notices: Notices }) {
  const { link, log, frames, selection, notices } = parts;
  const focused = () => {
    const spot = selection.focus.peek();
    return spot ? frames.rowAt(spot.row) : undefined;
  };
  async function set(marked: boolean, note: string): Promise<void> {
    try {
      const numbers = await selection.numbers();
      if (!numbers.length) return;
      await link.store.call('mark', { log: log.id.peek(), frames: numbers, marked, note });
      frames.refresh();
    } catch (error) {
      notices.error(error);
    }
  }
  /** The note that is being written; `null` while none is. */
  const noting = signal<string | null>(null);
  return {
    focused,
    set,
    noting,
    askNote() {
      noting.value = focused()?.note ?? '';
    },
    /** Marks the selected frames, or takes the mark away if the focused one has it. */
    toggle: () => set(!focused()?.marked, ''),
  };
}
