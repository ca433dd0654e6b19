import { setTimeout as delay } from 'node:timers/promises';
import { describeGrowth, parseCounts } from './counts.mjs';

const TICK_MS = 1000;
const ONCE_PATIENCE_MS = 30_000;
/** How long `--once` goes on after the first frame. */
const ONCE_MS = 4000;

/**
 * Prints what the panel counts each second, while it grows, and has a screenshot taken after a few seconds of frames.
 * Ends then where `once`, or when no frames come; else never.
 *
 * @param {{readCounts: () => Promise<string>, screenshot: () => Promise<void>, once: boolean}} options
 * @returns {Promise<number>} the frames counted last
 */
export async function watchPanel({ readCounts, screenshot, once }) {
  const start = Date.now();
  let before = parseCounts('');
  let firstFrame;
  let last = start;
  let shot = false;
  for (;;) {
    await delay(TICK_MS);
    const counts = parseCounts(await readCounts());
    const now = Date.now();
    if (counts.frames !== before.frames || counts.connections !== before.connections) {
      console.log(describeGrowth(before, counts, (now - last) / 1000));
    }
    if (counts.frames > 0) firstFrame ??= now;
    before = counts;
    last = now;
    const seen = firstFrame !== undefined && now - firstFrame >= ONCE_MS;
    if (seen && !shot) {
      shot = true;
      await screenshot();
    }
    if (!once) continue;
    if (seen) return counts.frames;
    if (now - start > ONCE_PATIENCE_MS) {
      if (!shot) await screenshot();
      return counts.frames;
    }
  }
}
