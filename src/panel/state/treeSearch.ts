import { signal } from '@preact/signals';
import type { LogId } from '../../core/messages/store';
import type { Link } from './link';
import type { Tree } from './tree';

export type TreeSearch = ReturnType<typeof createTreeSearch>;

/** Goes from one place in a decoded frame that has a text to the next. */
export function createTreeSearch(
  link: Link,
  of: { log: LogId; frame: number },
  tree: Tree,
  failed: (error: unknown) => void,
) {
  const text = signal('');
  const found = signal<{ paths: number[][]; complete: boolean } | null>(null);
  /** Which of them is chosen, from 0; -1 before the first. */
  const at = signal(-1);

  async function search(): Promise<void> {
    const wanted = text.peek();
    const answer = await link.store.call('searchTree', { ...of, decoder: null, text: wanted });
    if (text.peek() === wanted) found.value = answer;
  }

  return {
    text,
    found,
    at,
    type(next: string) {
      text.value = next;
      found.value = null;
      at.value = -1;
    },
    async next(backwards: boolean): Promise<void> {
      if (!text.peek().trim()) return;
      try {
        if (!found.peek()) await search();
        const paths = found.peek()?.paths ?? [];
        if (paths.length === 0) return;
        const before = at.peek() < 0 && backwards ? 0 : at.peek();
        at.value = (before + (backwards ? -1 : 1) + paths.length) % paths.length;
        await tree.reveal(paths[at.peek()]);
      } catch (error) {
        failed(error);
      }
    },
  };
}
