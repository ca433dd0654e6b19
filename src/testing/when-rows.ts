import type { Panel } from './driver';
import { until } from './poll';

/**
 * Waits until the list of frames has exactly so many rows and is drawn as it is now. Elements of rows are used again,
 * and the grid draws a frame after it says how many rows it has: what is clicked before may be another row by then.
 */
export function whenRows(panel: Panel, rows: number, timeout?: number): Promise<true> {
  return until(
    `${rows} rows, drawn`,
    () =>
      panel.evaluate(async (wanted: number) => {
        const grid = document.querySelector('[role="grid"][aria-label="Frames"]');
        const count = () => Number(grid?.getAttribute('aria-rowcount')) - 1;
        if (count() !== wanted) return undefined;
        for (let turn = 0; turn < 2; turn++) await new Promise((drawn) => requestAnimationFrame(drawn));
        const drawn = [...(grid?.querySelectorAll('.grid-layer > [role="row"]') ?? [])];
        if (count() !== wanted || drawn.length > 0 !== wanted > 0) return undefined;
        return drawn.every((row) => row.textContent !== '' && Number(row.getAttribute('aria-rowindex')) <= wanted + 1)
          ? true
          : undefined;
      }, rows),
    timeout,
  );
}
