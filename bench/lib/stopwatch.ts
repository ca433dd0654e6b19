import type { ChromiumPanel } from '../../src/testing/chromium/chromium-panel';

/** A state of the panel to wait for; every part that is given must hold. */
export interface Wanted {
  /** Rows of the grid of frames, at least, its head not counted. */
  rows: number;
  /** Exactly so many, and no search is under way any more. */
  whole?: boolean;
  /** A regex that the data of every row that is drawn matches. */
  pattern?: string;
  /** What is drawn is not what was drawn at the event. */
  fresh?: boolean;
  /** Whether an earlier session is shown. */
  backButton?: boolean;
}

/**
 * Measures in the panel itself: from the next trusted event of that kind to the drawing of each wanted state, in turn.
 * @returns a function that waits and gives the ms of each
 */
export async function stopwatch(
  panel: Pick<ChromiumPanel, 'evaluate'>,
  event: 'click' | 'input' | 'change',
  states: Wanted[],
): Promise<() => Promise<number[]>> {
  await panel.evaluate(
    ({ event: kind, states: wanted }) => {
      const holds = ({ rows, whole, pattern, fresh, backButton }: Wanted): boolean => {
        const grid = document.querySelector('[role="grid"][aria-label="Frames"]');
        const count = Number(grid?.getAttribute('aria-rowcount') ?? 0) - 1;
        if (whole ? count !== rows || document.querySelector('.scanning') !== null : count < rows) return false;
        const cells = [...(grid?.querySelectorAll('.row > .col-data > bdi') ?? [])];
        if (cells.length === 0 || cells.some((cell) => cell.textContent === '')) return false;
        if (pattern !== undefined && cells.some((cell) => !new RegExp(pattern).test(cell.textContent ?? '')))
          return false;
        if (fresh && cells.map((cell) => cell.textContent).join() === before) return false;
        const back = [...document.querySelectorAll('button')].some((one) => one.textContent === 'Back to live');
        return backButton === undefined || back === backButton;
      };
      let before = '';
      const times: number[] = [];
      const result = new Promise<number[]>((done) => {
        addEventListener(
          kind,
          ({ timeStamp }) => {
            before = [...document.querySelectorAll('.row > .col-data > bdi')].map((cell) => cell.textContent).join();
            const look = () => {
              while (times.length < wanted.length && holds(wanted[times.length]))
                times.push(performance.now() - timeStamp);
              if (times.length < wanted.length) return;
              observer.disconnect();
              done(times);
            };
            const observer = new MutationObserver(look);
            observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
          },
          { once: true, capture: true },
        );
      });
      Object.assign(globalThis, { benchTimes: result });
    },
    { event, states },
  );
  return () => panel.evaluate(() => (globalThis as unknown as { benchTimes: Promise<number[]> }).benchTimes);
}
