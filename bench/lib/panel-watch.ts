import type { ChromiumPanel } from '../../src/testing/chromium/chromium-panel';

export interface Busy {
  /** The longest task that the browser reported, in ms; 0 when all were below 50. */
  longestTask: number;
  longTasks: number;
  /** The longest time between two turns of a timer of 4 ms, in ms. Holds waiting for the processor too. */
  longestGap: number;
}

/** Watches the panel's thread until the function that it gives is called. */
export async function watchThread(panel: Pick<ChromiumPanel, 'evaluate'>): Promise<() => Promise<Busy>> {
  await panel.evaluate(() => {
    const watch = { longestTask: 0, longTasks: 0, longestGap: 0, stop: () => undefined as unknown };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    const take = (entries: PerformanceEntry[]) => {
      for (const { duration } of entries) {
        watch.longTasks++;
        watch.longestTask = Math.max(watch.longestTask, duration);
      }
    };
    observer.observe({ type: 'longtask' });
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      watch.longestGap = Math.max(watch.longestGap, now - last);
      last = now;
    }, 4);
    watch.stop = () => {
      clearInterval(timer);
      take(observer.takeRecords());
      observer.disconnect();
    };
    Object.assign(globalThis, { benchWatch: watch });
  });
  return () =>
    panel.evaluate(() => {
      const { benchWatch } = globalThis as unknown as { benchWatch: Busy & { stop(): void } };
      benchWatch.stop();
      const { longestTask, longTasks, longestGap } = benchWatch;
      return { longestTask, longTasks, longestGap };
    });
}

/** The times between animation frames of a page during `ms` milliseconds in which it does nothing. */
export function idleFrames(panel: Pick<ChromiumPanel, 'evaluate'>, ms: number): Promise<number[]> {
  return panel.evaluate(
    (duration) =>
      new Promise<number[]>((done) => {
        const gaps: number[] = [];
        const start = performance.now();
        let last = start;
        const frame = (now: number) => {
          gaps.push(now - last);
          last = now;
          if (now - start < duration) requestAnimationFrame(frame);
          else done(gaps.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    ms,
  );
}
