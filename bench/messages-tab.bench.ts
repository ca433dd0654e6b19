/** The same traffic in Chromium's own Messages tab and in Framescope, both shown: memory, freezes, time to the end. */
import type { ChromiumDevtools } from '../src/testing/chromium/chromium-devtools';
import type { ChromiumPage } from '../src/testing/chromium/chromium-page';
import type { ChromiumSession } from '../src/testing/chromium/chromium-session';
import { type Bench, showPanel, withBench } from './lib/bench-browser';
import { extensionHeap } from './lib/extension-heap';
import { watchThread } from './lib/panel-watch';
import { report } from './lib/report';

const COUNTS = [20_000, 100_000];
/** Who has not shown the last frame by then is given up. */
const GIVE_UP_MS = 90_000;
const SIZE = 200;

interface Measured {
  /** From the first frame until the last stands on the screen, in ms. */
  answersMs: number;
  /** Longest time in which the view's thread did nothing else, in ms. */
  freezeMs: number;
  heapBytes: number;
}

for (const count of COUNTS) {
  tell('framescope', count, await inFramescope(count));
  tell('messages_tab', count, await inMessagesTab(count));
}

/** `null`: it had not answered after {@link GIVE_UP_MS}, which is then what is told. */
function tell(who: string, count: number, measured: Measured | null): void {
  report(`${who}.${count}.answers_ms`, measured?.answersMs ?? GIVE_UP_MS, 'ms');
  report(`${who}.${count}.gave_up`, measured === null ? 1 : 0, 'times');
  if (measured === null) return;
  report(`${who}.${count}.freeze_ms`, measured.freezeMs, 'ms');
  report(`${who}.${count}.heap_bytes`, measured.heapBytes / count, 'B');
}

async function inFramescope(count: number): Promise<Measured | null> {
  let measured: Measured | null = null;
  await withBench(async (bench) => {
    const { session, tab, devtools } = bench;
    const panel = await showPanel(devtools);
    const heap = async () => {
      const { used, buffers } = await extensionHeap(session);
      return used + buffers;
    };
    const before = await heap();
    const stop = await watchThread(panel);
    await connect(bench, count);
    const start = performance.now();
    await tab.evaluate('globalThis.flood.send("go")');
    await panel.frame.locator('.row', { hasText: `"seq":${count - 1},` }).waitFor({ timeout: GIVE_UP_MS });
    const answersMs = performance.now() - start;
    const { longestGap, longestTask } = await stop();
    const freezeMs = Math.max(longestGap, longestTask);
    measured = { answersMs, freezeMs, heapBytes: (await heap()) - before };
  });
  return measured;
}

async function inMessagesTab(count: number): Promise<Measured | null> {
  let measured: Measured | null = null;
  await withBench(
    async (bench) => {
      const { session, tab, devtools } = bench;
      await devtools.page.evaluate('globalThis.__name ??= (named) => named');
      await devtools.showOther('Network');
      await connect(bench, count);
      await devtools.page.getByText('flood?count').first().click();
      await devtools.page.getByRole('tab', { name: 'Messages' }).click();
      const before = await heapOf(session, devtools);
      const stop = await watchThread(devtools.page);
      measured = await within(GIVE_UP_MS, measureMessages(tab, devtools, count, before, stop, session));
    },
    { extension: null },
  );
  return measured;
}

async function measureMessages(
  tab: ChromiumPage,
  devtools: ChromiumDevtools,
  count: number,
  before: number,
  stop: Awaited<ReturnType<typeof watchThread>>,
  session: ChromiumSession,
): Promise<Measured> {
  const start = performance.now();
  await tab.evaluate('globalThis.flood.send("go")');
  const last = devtools.page.locator('td.data-column', { hasText: `"seq":${count - 1},` });
  await last.first().waitFor({ timeout: GIVE_UP_MS });
  const answersMs = performance.now() - start;
  const { longestGap, longestTask } = await stop();
  return {
    answersMs,
    freezeMs: Math.max(longestGap, longestTask),
    heapBytes: (await heapOf(session, devtools)) - before,
  };
}

/** Opens the socket of the flood in the page; it begins at the first message. */
function connect({ demo, tab }: Bench, count: number): Promise<void> {
  return tab.evaluate(
    (url: string) =>
      new Promise<void>((opened) => {
        const flood = new WebSocket(url);
        flood.onopen = () => opened();
        Object.assign(globalThis, { flood });
      }),
    `${demo.wsUrl}/flood?count=${count}&size=${SIZE}&wait=1`,
  );
}

/** What JavaScript holds in DevTools itself, in bytes. */
async function heapOf({ cdp }: ChromiumSession, { targetId }: ChromiumDevtools): Promise<number> {
  const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  await cdp.send('HeapProfiler.collectGarbage', {}, sessionId);
  const { usedSize, backingStorageSize = 0 } = await cdp.send<{ usedSize: number; backingStorageSize?: number }>(
    'Runtime.getHeapUsage',
    {},
    sessionId,
  );
  await cdp.send('Target.detachFromTarget', { sessionId });
  return usedSize + backingStorageSize;
}

/** What the promise gives, or `null` if that takes longer, or if what it asks is gone by then. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  const gone = promise.catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return null;
  });
  const first = await Promise.race([gone, late]);
  clearTimeout(timer);
  return first;
}
