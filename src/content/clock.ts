/** What the clocks may be apart before it is put right, in ms: less is the work of whoever sets the system's clock. */
const APART_MS = 1000;

/**
 * `performance.now()`, by which the page script tells times, stands still while a computer sleeps.
 * @param wall ms since the epoch by the system's clock
 * @param steady ms since the epoch by that of the page script
 * @param behind is told by how many ms the page script's clock is to be set forward
 * @returns looks whether it is behind
 */
export function createClockCheck(wall: () => number, steady: () => number, behind: (ms: number) => void): () => void {
  let told = 0;
  return () => {
    const ms = wall() - steady() - told;
    if (ms < APART_MS) return;
    told += ms;
    behind(ms);
  };
}
