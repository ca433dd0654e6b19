import { expect, vi } from 'vitest';
import type { FakePanel } from './fakePanel';

/** Looks at rows `first` to `last` (exclusive) as the grid does, until they are there. */
export async function look({ panel: { frames } }: FakePanel, first: number, last: number): Promise<void> {
  await vi.waitFor(() => {
    frames.need(first, last);
    expect(frames.state.value.rows).toBeGreaterThan(first);
    expect(frames.has(first, last)).toBe(true);
  });
}
