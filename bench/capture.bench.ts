/**
 * What recording costs a page: the time of its thread for each received frame, how fast it takes a flood, and how long
 * a frame takes to start. Two browsers run side by side, one without the extension, and take turns.
 */
import type { ChromiumPage } from '../src/testing/chromium/chromium-page';
import { type Bench, withBench } from './lib/bench-browser';
import { receiveFlood } from './lib/page-flood';
import { median, report } from './lib/report';

const FRAMES = 50_000;
const SIZE = 200;
const TURNS = 7;
const IFRAMES = 20;
/** The page, and two for each frame: its first one is about:blank, which has scripts of its own. */
const DOCUMENTS = 2 * IFRAMES + 1;

interface Arm {
  bench: Bench;
  /** A tab without DevTools. */
  closed: ChromiumPage;
}

interface Run {
  /** From the first frame to the last. */
  ms: number;
  /** Of the page's thread, all worlds together. */
  threadMs: number;
}

await withBench(
  (native) =>
    withBench(async (own) => {
      const arms = [await armOf(native), await armOf(own)];
      for (const { bench, closed } of arms) {
        await Promise.all([bench.tab.send('Performance.enable'), closed.send('Performance.enable')]);
      }
      const idle = await turns(arms, ({ bench, closed }) => flood(bench, closed));
      report('capture.idle_us', perFrame(idle, FRAMES), 'µs', { budget: 0.2 });
      const unreadIdle = await turns(arms, ({ bench, closed }) => flood(bench, closed, false));
      report('capture.idle_unread_us', perFrame(unreadIdle, FRAMES), 'µs');
      const recording = await turns(arms, ({ bench }) => flood(bench, bench.tab));
      report('capture.recording_us', perFrame(recording, FRAMES), 'µs', { budget: 2 });
      report('capture.throughput_ratio', ratio(recording), '', { budget: 0.95, atLeast: true });
      const unread = await turns(arms, ({ bench }) => flood(bench, bench.tab, false));
      report('capture.recording_unread_us', perFrame(unread, FRAMES), 'µs');
      await own.devtools.showPanel();
      const shown = await turns(arms, ({ bench }) => flood(bench, bench.tab));
      report('capture.throughput_ratio_shown', ratio(shown), '', { budget: 0.85, atLeast: true });
      const starts = await turns(arms, ({ bench, closed }) => loadIframes(bench, closed));
      report('capture.start_ms', perFrame(starts, DOCUMENTS) / 1000, 'ms', { budget: 1 });
      report('capture.native_us', (1000 * median(idle.map(([one]) => one.threadMs))) / FRAMES, 'µs');
    }),
  { extension: null },
);

async function armOf(bench: Bench): Promise<Arm> {
  return { bench, closed: await bench.session.openPage(`${bench.demo.url}/blank`) };
}

/** Runs both arms in turn, the first turn for warming up; gives the pairs of the others. */
async function turns(arms: Arm[], run: (arm: Arm) => Promise<Run>): Promise<Run[][]> {
  const pairs: Run[][] = [];
  for (let turn = 0; turn <= TURNS; turn++) {
    // The one that begins has no advantage: they change places.
    const order = turn % 2 === 0 ? arms : arms.toReversed();
    const results: Run[] = [];
    for (const arm of order) results.push(await run(arm));
    if (turn > 0) pairs.push(turn % 2 === 0 ? results : results.toReversed());
  }
  return pairs;
}

/** µs of the thread beyond those without the extension. */
function perFrame(pairs: Run[][], frames: number): number {
  return (1000 * median(pairs.map(([native, own]) => own.threadMs - native.threadMs))) / frames;
}

function ratio(pairs: Run[][]): number {
  return median(pairs.map(([native, own]) => native.ms / own.ms));
}

async function flood({ demo }: Bench, page: ChromiumPage, read = true): Promise<Run> {
  await page.bringToFront();
  await page.reload();
  const before = await threadMs(page);
  const ms = await receiveFlood(page, {
    url: `${demo.wsUrl}/flood?count=${FRAMES}&size=${SIZE}&wait=1`,
    frames: FRAMES,
    read,
  });
  return { ms, threadMs: (await threadMs(page)) - before };
}

async function loadIframes({ demo }: Bench, page: ChromiumPage): Promise<Run> {
  const before = await threadMs(page);
  const start = performance.now();
  await page.goto(`${demo.url}/iframes?n=${IFRAMES}&to=/blank`);
  const run = { ms: performance.now() - start, threadMs: (await threadMs(page)) - before };
  await page.goto(`${demo.url}/blank`);
  return run;
}

async function threadMs(page: ChromiumPage): Promise<number> {
  const { metrics } = await page.send<{ metrics: { name: string; value: number }[] }>('Performance.getMetrics');
  const time = metrics.find(({ name }) => name === 'ThreadTime');
  if (!time) throw new Error('Chromium tells no time of the thread');
  return time.value * 1000;
}
