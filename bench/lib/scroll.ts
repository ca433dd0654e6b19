import type { ChromiumPanel } from '../../src/testing/chromium/chromium-panel';

export interface Scrolled {
  /** Times between animation frames, in ms. */
  gaps: number[];
  /** Of all frames, those in which a visible row had no content. */
  blank: number;
}

/** Scrolls the grid of frames from its first row to its last in so many steps, one an animation frame. */
export function scrollThrough(panel: Pick<ChromiumPanel, 'evaluate'>, steps: number): Promise<Scrolled> {
  return panel.evaluate(
    (count) =>
      new Promise<Scrolled>((done) => {
        const grid = document.querySelector('[role="grid"][aria-label="Frames"]') as HTMLElement;
        const gaps: number[] = [];
        let blank = 0;
        let step = 0;
        grid.scrollTop = 0;
        let last = performance.now();
        // The browser's own time of the frame: when a callback runs within it tells nothing of what is seen.
        const frame = (now: number) => {
          gaps.push(now - last);
          last = now;
          const cells = [...grid.querySelectorAll('.row > .col-data')];
          if (cells.some((cell) => cell.textContent === '')) blank++;
          grid.scrollTop = ((grid.scrollHeight - grid.clientHeight) * ++step) / count;
          if (step < count) requestAnimationFrame(frame);
          else done({ gaps: gaps.slice(2), blank });
        };
        requestAnimationFrame(frame);
      }),
    steps,
  );
}
