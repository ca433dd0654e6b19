import { ChromiumDevtools } from '../src/testing/chromium/chromium-devtools';
import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
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

test('shows where a frame was sent from, once that is to be recorded @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['unasked'] });
  await whenFrames(panel, 3);
  await panel.getByRole('button', { name: 'Settings', exact: true }).click();
  const entry = panel.getByRole('menuitemcheckbox', { name: 'Record where frames are sent from' });
  await entry.click();
  await until('its tick', async () => (await entry.getAttribute('aria-checked')) === 'true' || undefined);
  await panel.press('Escape');
  const row = (text: string) =>
    panel
      .getByRole('grid', { name: 'Frames' })
      .getByRole('row', { name: new RegExp(`\\b${text}\\b`) })
      .first();
  const detail = panel.getByRole('region', { name: 'Frame', exact: true });
  const initiator = detail.getByRole('tab', { name: 'Initiator' });
  // The page may hear of it a moment after the tick is drawn.
  let sent = 0;
  await until('a frame with its calls', async () => {
    await tab.evaluate((text: string) => {
      const { sockets } = globalThis as unknown as { sockets: WebSocket[] };
      function sendTheOrder() {
        sockets[0].send(text);
      }
      sendTheOrder();
    }, `asked ${++sent}`);
    await whenFrames(panel, 3 + 2 * sent);
    await row(`asked ${sent}`).click();
    await detail.locator('.summary').waitFor();
    return (await initiator.count()) > 0 || undefined;
  });
  await initiator.click();
  const calls = await until('the calls', async () => {
    const calls = await detail.locator('.stack li').allTextContents();
    return calls.length > 0 ? calls : undefined;
  });
  expect(calls[0]).toContain('sendTheOrder');
  // None of them is ours.
  expect(calls.join()).not.toMatch(/extension|page\.iife/);
  await row('unasked').click();
  await detail.getByRole('tab', { name: 'Decoded', exact: true }).waitFor();
  await until('no Initiator', async () => (await initiator.count()) === 0 || undefined);
});
