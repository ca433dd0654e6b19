import type { Locator } from '@playwright/test';
import type { BrowserSession, Panel, Theme } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { importFile } from '../src/testing/import-file';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { sessionFile } from '../src/testing/session-file';
import { showThemed } from '../src/testing/show-themed';
import { violations } from '../src/testing/violations';

async function showTimeline(panel: Panel): Promise<void> {
  await panel.getByRole('button', { name: 'Insight', exact: true }).click();
  await panel.getByRole('region', { name: 'Insight', exact: true }).getByRole('tab', { name: 'Timeline' }).click();
}

const chartOf = (panel: Panel) => panel.getByRole('slider', { name: 'Messages over time' });
const rowsOf = async (panel: Panel) =>
  Number(await panel.getByRole('grid', { name: 'Frames' }).getAttribute('aria-rowcount')) - 1;

/** Two bursts of messages, two seconds apart, on connections to one address that follow each other. */
const BURSTS = sessionFile(
  [
    { id: 1, url: 'wss://a.test/feed', opened: 0, closed: { at: 600, code: 1006 } },
    { id: 2, url: 'wss://a.test/feed', opened: 2500 },
    { id: 3, url: 'wss://a.test/chat', opened: 100 },
  ],
  [
    ...['one', 'two', 'three'].map((text, at) => ({
      at: 100 + at * 10,
      connection: 1,
      direction: 'received' as const,
      text,
    })),
    ...['four', 'five'].map((text, at) => ({ at: 2900 + at * 10, connection: 2, direction: 'sent' as const, text })),
  ],
);

async function openBursts(session: BrowserSession): Promise<Panel> {
  const tab = await session.openPage('about:blank');
  const panel = await (await session.openDevtools(tab)).showPanel();
  await importFile(panel, 'bursts.ndjson', BURSTS);
  await whenFrames(panel, 9);
  await showTimeline(panel);
  await chartOf(panel).waitFor();
  return panel;
}

test('a range of the timeline filters the list, and a moment is told @both', async ({ session }) => {
  const panel = await openBursts(session);
  const chart = chartOf(panel);
  await chart.focus();
  await panel.press('Home');
  const moment = panel.getByRole('status', { name: 'Moment' });
  await until(
    'the first moment',
    async () =>
      /\d\d:30:00\.\d+ received [1-9][\d.]*\/s, [1-9]\d* B\/s/.test((await moment.textContent()) ?? '') || undefined,
  );
  await panel.press('Shift+PageDown');
  await panel.press('Enter');
  await until('only the first burst', async () => (await rowsOf(panel)) < 9 || undefined);
  const filter = panel.getByRole('searchbox', { name: 'Filter frames' });
  expect(await filter.inputValue()).toMatch(/^time:[\d.]+s\.\.[\d.]+s$/);
  const grid = panel.getByRole('grid', { name: 'Frames' });
  await grid.getByRole('row', { name: 'three' }).waitFor();
  await expect.poll(() => grid.getByRole('row', { name: 'four' }).count()).toBe(0);
  await panel.getByRole('button', { name: /^Show all/ }).click();
  await until('all rows again', async () => (await rowsOf(panel)) === 9 || undefined);
  expect(await filter.inputValue()).toBe('');

  await chart.focus();
  await panel.press('End');
  await panel.press('Enter');
  const selected = grid.locator('[role="row"][aria-selected="true"]');
  await until('a late frame', async () =>
    (await selected.count()) === 1 && /four|five/.test((await selected.textContent()) ?? '') ? true : undefined,
  );
});

test('connections to one address stand on one line, with the gap between them @both', async ({ session }) => {
  const panel = await openBursts(session);
  const lines = panel.getByRole('list', { name: 'Connections over time' }).locator('[role="listitem"]');
  await until('two lines', async () => (await lines.count()) === 2 || undefined);
  const first = lines.nth(0).getByRole('button', { name: /#1 \/feed: opened .*, broken off 1006 after 600 ms/ });
  const second = lines.nth(0).getByRole('button', { name: /#2 \/feed: opened / });
  await until('the gap between them', async () => {
    const [one, two] = [await first.boundingBox(), await second.boundingBox()];
    return (two?.x ?? 0) - (one?.x ?? 0) - (one?.width ?? 0) > 50 || undefined;
  });
  await second.click();
  await until('only its frames', async () => (await rowsOf(panel)) === 3 || undefined);
});

test('the mouse brushes, and a click goes to the moment', async ({ session }) => {
  const panel = await openBursts(session);
  const over = panel.locator('.u-over') as unknown as Locator;
  const box = await over.boundingBox();
  const width = box?.width ?? 0;
  await over.dragTo(over, { sourcePosition: { x: width * 0.8, y: 20 }, targetPosition: { x: width - 2, y: 20 } });
  const grid = panel.getByRole('grid', { name: 'Frames' });
  await until('only the second burst', async () => (await rowsOf(panel)) === 3 || undefined);
  await grid.getByRole('row', { name: 'five' }).waitFor();
  await panel.getByRole('button', { name: /^Show all/ }).click();
  await until('all rows again', async () => (await rowsOf(panel)) === 9 || undefined);
  await over.click({ position: { x: width * 0.5, y: 20 } });
  const selected = grid.locator('[role="row"][aria-selected="true"]');
  await until('the first frame behind', async () =>
    (await selected.count()) === 1 && /Opened/.test((await selected.textContent()) ?? '') ? true : undefined,
  );
});

for (const theme of ['light', 'dark'] satisfies Theme[]) {
  test(`no violation of accessibility rules in the timeline, ${theme}`, async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/?rate=20`);
    const devtools = await session.openDevtools(tab);
    const panel = await showThemed(devtools, theme);
    await whenFrames(panel, 50);
    await showTimeline(panel);
    await panel.locator('.u-over').waitFor();
    expect(await violations(panel)).toEqual([]);
  });
}
