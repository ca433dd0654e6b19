/** From the click on the panel's tab to its first rows, beside a panel that is empty. */
import { converse } from '../src/testing/page-sockets';
import { EXTENSION, withBench } from './lib/bench-browser';
import { EMPTY, withEmptyExtension } from './lib/empty-extension';
import { median, report } from './lib/report';

const RUNS = 7;

const own: number[] = [];
const empty: number[] = [];
await withEmptyExtension(async (folder) => {
  own.push(...(await starts(EXTENSION, 'Framescope')));
  empty.push(...(await starts(folder, EMPTY)));
});
report('panel.start_ms', median(own) - median(empty), 'ms', { budget: 150 });
report('panel.start_own_ms', median(own), 'ms');
report('panel.start_empty_ms', median(empty), 'ms');

/** Milliseconds of some starts of the panel called so, each in DevTools of their own, with a hundred frames to show. */
async function starts(extension: string, name: string): Promise<number[]> {
  const times: number[] = [];
  await withBench(
    async ({ demo, session, tab, devtools: first }) => {
      await first.close();
      for (let run = 0; run < RUNS; run++) {
        const devtools = await session.openDevtools(tab);
        await tab.evaluate(converse, {
          url: `${demo.wsUrl}/echo`,
          texts: Array.from({ length: 50 }, (_, n) => `text ${n}`),
        });
        await devtools.page.addInitScript('globalThis.__name ??= (named) => named');
        await devtools.page.addInitScript(tellFirstRow);
        await devtools.page.evaluate(tellClick);
        const panel = await devtools.showPanel(name);
        const shown = await panel.evaluate<number>('globalThis.benchFirstRow');
        const clicked = await devtools.page.evaluate<number>('globalThis.benchClick');
        times.push(shown - clicked);
        await devtools.close();
      }
    },
    { extension },
  );
  return times;
}

/** Runs in DevTools itself: when its tabs were clicked, ms since the epoch. */
function tellClick(): void {
  addEventListener(
    'pointerdown',
    ({ timeStamp }) => Object.assign(globalThis, { benchClick: performance.timeOrigin + timeStamp }),
    { once: true, capture: true },
  );
}

/** Runs in the panel before its own scripts: when the first row was there and painted. */
function tellFirstRow(): void {
  if (location.protocol !== 'chrome-extension:') return;
  Object.assign(globalThis, {
    benchFirstRow: new Promise<number>((done) => {
      const look = () => {
        if (!document.querySelector('.row > .col-data > bdi')?.textContent) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true });
    }),
  });
}
