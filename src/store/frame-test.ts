import type { CompiledFilter } from '../core/filter/types';
import type { Content } from './content';
import { GuardedTest } from './guarded-test';
import type { ProberPool } from './prober-pool';
import { RangeTest } from './range-test';

/** Tests the frames of a log against a filter. */
export interface FrameTest {
  /** Whether one frame passes, whatever has to be fetched for that. */
  one(frame: number): Promise<boolean>;
  /**
   * Tests frames `from` to `to` (exclusive), all of one segment, in order, until about `deadline`.
   * @param only tells by connection which frames are meant; `null` for all
   * @param onMatch told of each frame that passes, ascending
   * @param horizon frames until there (exclusive) will be asked for next: they may be tested already. None where absent.
   * @returns the first frame that was not tested
   */
  range(
    segment: number,
    from: number,
    to: number,
    only: ReadonlySet<number> | null,
    deadline: number,
    onMatch: (frame: number) => void,
    horizon?: number,
  ): Promise<number>;
  /** A frame that was not given out yet has changed: what is known of it is void. */
  forget?(frame: number): void;
}

/**
 * The way to test a filter: here, or, where it has regexes that may take for ever, in a Worker that can be stopped.
 * @param prober `null` where there are no Workers
 * @param signal aborted when nobody wants to know any more
 */
export function createFrameTest(
  query: string,
  filter: CompiledFilter,
  content: Content,
  prober: ProberPool | null,
  signal: AbortSignal,
): FrameTest {
  if (filter.patterns.length > 0 && prober !== null) return new GuardedTest(query, filter, content, prober, signal);
  const test = new RangeTest(filter, content);
  return {
    one: (frame) => test.one(frame),
    async range(segment, from, to, only, deadline, onMatch) {
      await test.prepare(segment, from, to);
      if (signal.aborted) return from;
      const next = test.run(segment, from, to, only, deadline, onMatch);
      if (test.blocked < 0) return next;
      // Its payload lies elsewhere than those of its neighbours.
      if ((await test.one(next)) && !signal.aborted) onMatch(next);
      return next + 1;
    },
  };
}
