import type { Panel } from './driver';
import { until } from './poll';

/**
 * Waits until the panel has drawn itself and does not say any more that it waits for the page: what the page does from
 * then on is recorded as it happens, where it is recorded at all.
 */
export function whenReady(panel: Panel): Promise<true> {
  return until('an answer of the page', () =>
    panel.evaluate(() => {
      const frames = document.querySelector('[role="grid"][aria-label="Frames"]');
      return (frames !== null && !document.body.textContent?.includes('not answered yet')) || undefined;
    }),
  );
}
