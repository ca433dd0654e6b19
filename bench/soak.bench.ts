/** Ten minutes of 2,000 frames a second: memory must not grow beyond the columns. Runs only when asked for by name. */
import { whenFrames } from '../src/testing/recorded';
import { extensionProcesses, residentBytes, showPanel, withBench } from './lib/bench-browser';
import { extensionHeap } from './lib/extension-heap';
import { receiveFlood } from './lib/page-flood';
import { watchThread } from './lib/panel-watch';
import { report } from './lib/report';

const MINUTES = Number(process.env.BENCH_MINUTES ?? 10);
const RATE = 2000;
const MB = 1e6;

await withBench(
  async ({ demo, session, tab, devtools }) => {
    const panel = await showPanel(devtools);
    const heaps: number[] = [];
    let longest = 0;
    const frames = RATE * 60;
    for (let minute = 1; minute <= MINUTES; minute++) {
      const url = `${demo.wsUrl}/flood?count=${frames}&size=200&wait=1&rate=${RATE}&close=1`;
      const stop = await watchThread(panel);
      await receiveFlood(tab, { url, frames });
      await whenFrames(panel, frames * minute, 60_000);
      longest = Math.max(longest, (await stop()).longestTask);
      // This collects garbage first, which takes the panel's thread longer than anything of its own.
      const { used, buffers } = await extensionHeap(session);
      heaps.push(used + buffers);
      report(`soak.heap_mb.${minute}`, (used + buffers) / MB, 'MB');
      report(`soak.memory_mb.${minute}`, residentBytes(extensionProcesses(session)) / MB, 'MB', { budget: 256 });
    }
    // The cache of payloads is full after five minutes; from then on only columns are added.
    const from = Math.min(heaps.length - 2, 4);
    if (from >= 0) {
      const grown = (heaps[heaps.length - 1] - heaps[from]) / (frames * (heaps.length - 1 - from));
      report('soak.overhead_bytes', grown, 'B', { budget: 48 });
    }
    report('soak.longest_task_ms', longest, 'ms', { budget: 50 });
  },
  { limitMs: (MINUTES + 5) * 60_000 },
);
