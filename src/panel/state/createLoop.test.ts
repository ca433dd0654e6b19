import { describe, expect, it, vi } from 'vitest';
import { createLoop } from './createLoop';

describe('createLoop', () => {
  it('never runs twice at once, and once more for all that was asked meanwhile', async () => {
    const releases: (() => void)[] = [];
    const run = createLoop(
      () =>
        new Promise((resolve) => {
          releases.push(() => resolve(false));
        }),
      () => undefined,
    );
    run();
    run();
    run();
    expect(releases.length).toBe(1);
    releases[0]();
    await vi.waitFor(() => expect(releases.length).toBe(2));
    releases[1]();
    await Promise.resolve();
    run();
    await vi.waitFor(() => expect(releases.length).toBe(3));
  });

  it('goes on after a failure', async () => {
    const failures: unknown[] = [];
    let runs = 0;
    const run = createLoop(
      async () => {
        if (++runs === 1) throw new Error('first');
        return runs < 3;
      },
      (error) => failures.push(error),
    );
    run();
    run();
    await vi.waitFor(() => expect(runs).toBe(3));
    expect(failures).toEqual([new Error('first')]);
  });
});
