import { ChromiumDevtools } from '../src/testing/chromium/chromium-devtools';
import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';

/** Shows who constructed the only connection, and gives the way to the line of the page's own script. */
async function initiatorOf(panel: Panel) {
  await whenFrames(panel, 3);
  const connections = panel.getByRole('grid', { name: 'Connections' });
  await connections.getByRole('row', { name: /from=first/ }).click();
  const detail = panel.getByRole('region', { name: 'Connection' });
  await detail.getByRole('tab', { name: 'Initiator' }).click();
  return { detail, line: detail.getByRole('button', { name: /^first:\d+$/ }).first() };
}

/** Where `new WebSocket` stands in a page, from 1. */
async function placeOf(url: string): Promise<{ line: number; column: number }> {
  const lines = (await (await fetch(url)).text()).split('\n');
  const line = lines.findIndex((text) => text.includes('new WebSocket'));
  return { line: line + 1, column: lines[line].indexOf('new WebSocket') + 1 };
}

test('a click on a line of the initiator opens it in Sources', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  // Chromium shows the source only of what was loaded since.
  await tab.goto(`${demo.url}/first`);
  if (!(devtools instanceof ChromiumDevtools)) throw new TypeError('Not Chromium');
  const { line } = await initiatorOf(await devtools.showPanel());
  const place = await placeOf(`${demo.url}/first`);
  expect(await line.textContent()).toBe(`first:${place.line}`);
  await line.click();
  const { page } = devtools;
  await page.getByRole('tab', { name: 'Sources', exact: true, selected: true }).waitFor();
  await page.getByRole('tab', { name: 'first', selected: true }).waitFor();
  await page.getByText(`Line ${place.line}, Column ${place.column}`).waitFor();
});

test('where no source can be opened, the panel says so, and a click copies the place @firefox', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/first`);
  const { detail, line } = await initiatorOf(await (await session.openDevtools(tab)).showPanel());
  expect(await detail.locator('.hint').textContent()).toContain('a click copies the place');
  await line.click();
  const { line: row, column } = await placeOf(`${demo.url}/first`);
  await until('the place in the clipboard', async () => {
    const text = await session.readClipboard();
    return text === `${demo.url}/first:${row}:${column}` || undefined;
  });
});
