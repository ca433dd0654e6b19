/** From a message's event in the page to its row on the screen, at 100 frames a second. */
import { whenFrames } from '../src/testing/recorded';
import { showPanel, withBench } from './lib/bench-browser';
import { percentile, report } from './lib/report';

const FRAMES = 1000;
const RATE = 100;

await withBench(async ({ demo, tab, devtools }) => {
  const panel = await showPanel(devtools);
  await panel.evaluate(watchRows);
  const reference = await panel.evaluate<number[]>(nextFrames);
  const url = `${demo.wsUrl}/flood?count=${FRAMES}&size=200&wait=1&rate=${RATE}`;
  const events = await tab.evaluate(
    ({ url: address, frames }: { url: string; frames: number }) =>
      new Promise<number[]>((done) => {
        const times: number[] = [];
        const socket = new WebSocket(address);
        socket.onopen = () => socket.send('go');
        socket.onmessage = ({ timeStamp }) => {
          times.push(performance.timeOrigin + timeStamp);
          if (times.length === frames) done(times);
        };
      }),
    { url, frames: FRAMES },
  );
  await whenFrames(panel, FRAMES + 2);
  const shown = await panel.evaluate<Record<string, number>>('globalThis.benchShown');
  // Of several frames within one animation frame the last may push the first beyond the edge: those are not looked at.
  const delays = events.flatMap((time, seq) => (seq in shown ? [shown[seq] - time] : []));
  const own = percentile(delays, 0.95);
  const empty = percentile(reference, 0.95);
  report('ingest.latency_ms', own - empty, 'ms', { budget: 50 });
  report('ingest.latency_p95_ms', own, 'ms');
  report('ingest.latency_median_ms', percentile(delays, 0.5), 'ms');
  report('ingest.latency_empty_ms', empty, 'ms');
  report('ingest.latency_seen', delays.length, 'frames', { budget: FRAMES * 0.9, atLeast: true });
});

/** Runs in the panel: when each frame of the flood was painted, ms since the epoch, by its number in the flood. */
function watchRows(): void {
  const shown: Record<string, number> = {};
  Object.assign(globalThis, { benchShown: shown });
  // After an animation frame's painting: callbacks of that frame that were asked for later have drawn by then.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.timeOrigin + performance.now();
    for (const cell of document.querySelectorAll('.row > .col-data > bdi')) {
      const seq = /"seq":(\d+)/.exec(cell.textContent ?? '')?.[1];
      if (seq !== undefined) shown[seq] ??= now;
    }
  };
  const look = () => {
    port2.postMessage(null);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the panel: how long something that happens at any moment waits there for the painting of the next frame. */
async function nextFrames(): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < 200; run++) {
    await new Promise((next) => setTimeout(next, 10 + Math.random() * 17));
    const start = performance.now();
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    times.push(performance.now() - start);
  }
  return times;
}
