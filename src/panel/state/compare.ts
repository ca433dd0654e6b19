import { effect, signal } from '@preact/signals';
import type { FrameRow } from '../../core/messages/store';
import type { Detail } from './detail';
import type { Frames } from './frames';
import type { Link } from './link';
import type { Log } from './log';
import type { Payloads } from './payloads';
import type { Selection } from './selection';

/** One side of a comparison. */
export interface ComparedFrame {
  row: FrameRow;
  lines: string[];
  /** Bytes that were left out at the end. */
  cut: number;
}

export interface CompareParts {
  link: Link;
  log: Log;
  frames: Frames;
  selection: Selection;
  detail: Detail;
  payloads: Payloads;
  failed: (error: unknown) => void;
}

/** Two frames side by side. `pair` is `null` while nothing is compared. */
export function createCompare(parts: CompareParts) {
  const { selection, failed } = parts;
  let last = 0;
  const pair = signal<readonly [ComparedFrame, ComparedFrame] | null>(null);

  /** Compares two frames unless something else is wanted by then. Gives `false` where there are none. */
  async function show(previous: boolean): Promise<boolean> {
    const mine = ++last;
    try {
      const { comparedFrame, withPrevious } = await import('./comparedFrames');
      const [before, after] = (previous ? await withPrevious(parts) : await selection.numbers()) ?? [];
      if (before === undefined || after === undefined) return false;
      const both = await Promise.all([comparedFrame(parts, before), comparedFrame(parts, after)]);
      if (mine === last) pair.value = both;
    } catch (error) {
      failed(error);
    }
    return true;
  }

  function close(): void {
    last++;
    pair.value = null;
  }

  // Whoever selects something else wants to read that.
  effect(() => {
    void selection.which.value;
    close();
  });

  return {
    pair,
    close,
    /** Compares the two frames that are selected, the earlier one first. */
    selected: () => show(false),
    /** Compares the focused frame with the one before it of the same kind on the same connection, among those listed. */
    withPrevious: () => show(true),
  };
}
