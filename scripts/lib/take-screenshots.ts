import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo } from '../../demo/server';
import { chromiumDriver } from '../../src/testing/chromium/chromium-driver';
import type { DevtoolsSession, Panel, Theme } from '../../src/testing/driver';
import { closeAll } from '../../src/testing/page-sockets';
import { until } from '../../src/testing/poll';
import { whenFrames } from '../../src/testing/recorded';

const root = join(import.meta.dirname, '../..');
const images = join(root, 'docs/images');
const extension = join(root, 'dist/chromium');
const wide = { width: 1280, height: 760 };
const narrow = { width: 460, height: 760 };

mkdirSync(images, { recursive: true });
const demo = await startDemo();
try {
  for (const theme of ['light', 'dark'] as const) await picturesOf(theme);
} finally {
  await demo.close();
}

async function picturesOf(theme: Theme): Promise<void> {
  const session = await chromiumDriver.launch({ extension, theme });
  try {
    const tab = await session.openPage(`${demo.url}/blank`);
    const devtools = await session.openDevtools(tab);
    await devtools.setSize(wide);
    const panel = await devtools.showPanel();
    await panel.getByRole('grid', { name: 'Frames' }).waitFor();
    await take(devtools, `empty-${theme}`);

    await tab.goto(`${demo.url}/?rate=20`);
    await whenFrames(panel, 150);
    await select(panel, /telemetry|reading/);
    await take(devtools, `panel-${theme}`);
    await filter(panel, '$.price:>100 -ping', 3);
    await select(panel, /price/);
    await take(devtools, `filter-${theme}`);
    await filter(panel, '', 150);
    await panel.getByRole('grid', { name: 'Connections' }).getByRole('row').nth(2).click();
    await panel.getByRole('region', { name: 'Connection', exact: true }).waitFor();
    await take(devtools, `connection-${theme}`);
    await devtools.setSize(narrow);
    await take(devtools, `narrow-${theme}`);
    await devtools.setSize(wide);
    await panel.getByRole('button', { name: 'Insight', exact: true }).click();
    await panel
      .getByRole('grid', { name: 'Connections' })
      .getByRole('row')
      .nth(2)
      .click({ modifiers: ['Control'] });
    await panel.getByRole('tab', { name: 'Timeline' }).click();
    await panel.getByRole('slider', { name: 'Messages over time' }).waitFor();
    await whenFrames(panel, 300, 30_000);
    await take(devtools, `insight-${theme}`);
    await panel.getByRole('button', { name: 'Insight', exact: true }).click();
    await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
    await panel.getByRole('grid', { name: 'Sessions' }).getByRole('row').nth(1).waitFor();
    await take(devtools, `sessions-${theme}`);
    await tab.evaluate(closeAll);
  } finally {
    await session.close();
  }
}

async function take(devtools: DevtoolsSession, name: string): Promise<void> {
  await devtools.screenshot(join(images, `${name}.png`));
  console.log(`docs/images/${name}.png`);
}

async function select(panel: Panel, row: RegExp): Promise<void> {
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: row }).first().click();
  await panel.getByRole('region', { name: 'Frame', exact: true }).getByRole('treeitem').first().waitFor();
}

async function filter(panel: Panel, query: string, rows: number): Promise<void> {
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill(query);
  const grid = panel.getByRole('grid', { name: 'Frames' });
  await until(`${rows} rows`, async () => Number(await grid.getAttribute('aria-rowcount')) > rows || undefined);
}
