/**
 * One million frames of 200 B through the whole road, in a real Chromium with the panel shown: loss, memory, scrolling,
 * filters, files, an earlier session. How each figure is taken: docs/PERFORMANCE.md.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { floodPayload } from '../demo/server';
import { LIMITS } from '../src/store/limits';
import type { ChromiumDevtools } from '../src/testing/chromium/chromium-devtools';
import type { ChromiumPanel } from '../src/testing/chromium/chromium-panel';
import type { ChromiumSession } from '../src/testing/chromium/chromium-session';
import { whenFrames } from '../src/testing/recorded';
import { type Bench, extensionProcesses, part, residentBytes, showPanel, withBench } from './lib/bench-browser';
import { lostOfFlood } from './lib/compare-flood';
import { extensionHeap } from './lib/extension-heap';
import { receiveFlood } from './lib/page-flood';
import { idleFrames, watchThread } from './lib/panel-watch';
import { median, percentile, report } from './lib/report';
import { scrollThrough } from './lib/scroll';
import { stopwatch } from './lib/stopwatch';

const FRAMES = Number(process.env.BENCH_FRAMES ?? 1_000_000);
const SIZE = 200;
const PATIENCE = 120_000;
const RUNS = 5;
const MB = 1e6;
/** Memory is flat if it grows by no more than this, however large the file is. */
const FLAT_MB = 64;
/** What the log holds: the flood, the opening of its connection, and the page's one message. */
const ROWS = FRAMES + 2;

await withBench(async (bench) => {
  const folder = mkdtempSync(join(tmpdir(), 'framescope-bench-'));
  try {
    let panel = await showPanel(bench.devtools);
    await flood(bench, panel);
    await part('scroll', () => scroll(panel));
    await part('filters', () => filters(panel));
    const files: string[] = [];
    for (const format of ['NDJSON', 'HAR']) {
      const path = await part(`export ${format}`, () => exported(bench.session, bench.devtools, panel, format, folder));
      if (path !== null) files.push(path);
      if (path !== null && format === 'NDJSON') {
        report('ingest.lost', await lostOfFlood(path, FRAMES, SIZE), 'frames', { budget: 0 });
      }
    }
    panel = (await part('open', () => openEarlier(bench))) ?? panel;
    for (const path of files) await part(`import ${path}`, () => imported(bench.session, panel, path));
    const problems = await bench.session.problems();
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

async function flood({ demo, session, tab }: Bench, panel: ChromiumPanel): Promise<void> {
  report('panel.idle_p99_ms', percentile(await idleFrames(panel, 4000), 0.99), 'ms');
  const before = await extensionHeap(session);
  const peak = watchMemory(session);
  const stop = await watchThread(panel);
  const url = `${demo.wsUrl}/flood?count=${FRAMES}&size=${SIZE}&wait=1`;
  const ms = await receiveFlood(tab, { url, frames: FRAMES });
  await whenFrames(panel, ROWS, PATIENCE);
  const busy = await stop();
  report('ingest.frames_per_s', (FRAMES / ms) * 1000, '1/s');
  report('panel.longest_task_ms', busy.longestTask, 'ms', { budget: 50 });
  report('panel.long_tasks', busy.longTasks, 'tasks');
  report('panel.longest_gap_ms', busy.longestGap, 'ms');
  report('store.peak_mb', peak() / MB, 'MB', { budget: 256 });
  const after = await extensionHeap(session);
  const grown = after.used + after.buffers - before.used - before.buffers;
  const cached = Math.min(LIMITS.cacheBytes, FRAMES * SIZE);
  report('store.overhead_bytes', (grown - cached) / FRAMES, 'B', { budget: 48 });
  report('store.memory_mb', residentBytes(extensionProcesses(session)) / MB, 'MB', { budget: 256 });
}

async function scroll(panel: ChromiumPanel): Promise<void> {
  const { gaps, blank } = await scrollThrough(panel, 600);
  report('panel.scroll_p99_ms', percentile(gaps, 0.99), 'ms', { budget: 17 });
  report('panel.scroll_median_ms', median(gaps), 'ms');
  report('panel.scroll_blank', blank, 'frames', { budget: 0 });
}

async function filters(panel: ChromiumPanel): Promise<void> {
  await oneFilter(panel, 'text', '"seq":123', /"seq":123/, 500);
  await oneFilter(panel, 'regex', String.raw`/"seq":\d*12\d3,/`, /"seq":\d*12\d3,/, 1500);
}

async function oneFilter(
  panel: ChromiumPanel,
  name: string,
  query: string,
  same: RegExp,
  budget: number,
): Promise<void> {
  let rows = 0;
  for (let n = 0; n < FRAMES; n++) if (same.test(floodPayload(n, SIZE, false).toString('latin1'))) rows++;
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  const first: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const cleared = await stopwatch(panel, 'input', [{ rows: ROWS, fresh: run > 0 }]);
    await box.fill(run === 0 ? ' ' : '');
    if (run > 0) await cleared();
    const times = await stopwatch(panel, 'input', [
      { rows: 1, fresh: true, pattern: same.source },
      { rows, whole: true, pattern: same.source },
    ]);
    await box.fill(query);
    const [one, all] = await times();
    first.push(one);
    whole.push(all);
  }
  await box.fill('');
  report(`filter.${name}_ms`, median(whole), 'ms', { budget });
  report(`filter.${name}_first_ms`, median(first), 'ms', { budget: 50 });
}

async function exported(
  session: ChromiumSession,
  devtools: ChromiumDevtools,
  panel: ChromiumPanel,
  format: string,
  folder: string,
): Promise<string> {
  await panel.getByRole('button', { name: 'Export', exact: true }).click();
  await panel.getByRole('menuitemradio', { name: /^All/ }).click();
  const item = panel.getByRole('menuitem', { name: format, exact: true });
  await item.waitFor();
  const before = residentBytes(extensionProcesses(session));
  const peak = watchMemory(session);
  const start = performance.now();
  const [download] = await Promise.all([devtools.page.waitForEvent('download', { timeout: PATIENCE }), item.click()]);
  await download.path();
  const seconds = (performance.now() - start) / 1000;
  const path = join(folder, `flood.${format.toLowerCase()}`);
  await download.saveAs(path);
  await download.delete();
  const name = format.toLowerCase();
  report(`export.mb_per_s.${name}`, statSync(path).size / MB / seconds, 'MB/s', { budget: 50, atLeast: true });
  const most = peak();
  report(`export.peak_mb.${name}`, most / MB, 'MB');
  report(`export.grown_mb.${name}`, (most - before) / MB, 'MB', { budget: FLAT_MB });
  return path;
}

async function imported(session: ChromiumSession, panel: ChromiumPanel, path: string): Promise<void> {
  const back = panel.getByRole('button', { name: 'Back to live' });
  if ((await back.count()) > 0) {
    await back.click();
    await back.waitFor({ state: 'hidden' });
  }
  const before = residentBytes(extensionProcesses(session));
  const peak = watchMemory(session);
  const times = await stopwatch(panel, 'change', [{ rows: FRAMES, backButton: true }]);
  await panel.chooseFiles(() => panel.getByRole('button', { name: 'Import', exact: true }).click(), [path]);
  const [ms] = await times();
  const name = path.split('.').at(-1);
  report(`import.mb_per_s.${name}`, statSync(path).size / MB / (ms / 1000), 'MB/s', { budget: 50, atLeast: true });
  const most = peak();
  report(`import.peak_mb.${name}`, most / MB, 'MB');
  // The columns of the session that is made belong to it; a HAR also holds payloads until they are in order.
  report(`import.grown_mb.${name}`, (most - before) / MB, 'MB', { budget: 2 * FLAT_MB });
}

/** The session of the flood, in DevTools that were opened anew. */
async function openEarlier({ session, devtools, tab, demo }: Bench): Promise<ChromiumPanel> {
  await devtools.close();
  await tab.goto(`${demo.url}/blank?title=again`);
  const all: number[] = [];
  for (;;) {
    const again = await session.openDevtools(tab);
    const panel = await showPanel(again);
    await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
    const row = panel
      .getByRole('grid', { name: 'Sessions' })
      .getByRole('row', { name: new RegExp(` ${ROWS.toLocaleString('en')} `) });
    const open = row.first().getByRole('button', { name: 'Open' });
    await open.waitFor();
    const times = await stopwatch(panel, 'click', [{ rows: ROWS }]);
    await open.click();
    all.push((await times())[0]);
    if (all.length === 3) {
      report('store.open_ms', median(all), 'ms', { budget: 300 });
      return panel;
    }
    await again.close();
  }
}

/** Looks at the memory of the extension's processes again and again; gives the most it saw. */
function watchMemory(session: ChromiumSession): () => number {
  const pids = extensionProcesses(session);
  let most = 0;
  const look = () => {
    most = Math.max(most, residentBytes(pids));
  };
  look();
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}
