import type { Panel, Theme } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { showThemed } from '../src/testing/show-themed';
import { violations } from '../src/testing/violations';
import { whenRows } from '../src/testing/when-rows';

const gridOf = (panel: Panel) => panel.getByRole('grid', { name: 'Frames' });

test('filters by text, regex, exclusion, direction and kind @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const texts = ['{"type":"trade","n":1}', '{"type":"ping"}', '{"type":"trade","n":22}', 'a(b'];
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts });
  await whenFrames(panel, 9);
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  for (const [query, rows] of [
    ['', 9],
    ['trade', 4],
    ['TRADE', 4],
    ['-trade', 5],
    ['-trade -ping', 3],
    ['/"n":\\d{2}/', 2],
    ['dir:sent', 4],
    ['trade dir:received', 2],
    ['kind:open', 1],
    ['ping OR 22', 4],
    ['$.n:>10', 2],
    ['nothing like this', 0],
  ] as const) {
    await box.fill(query);
    await whenRows(panel, rows);
  }
  await panel.getByRole('button', { name: 'Clear filter' }).click();
  await whenRows(panel, 9);

  await box.fill('/a(b/');
  await whenRows(panel, 2);
  const problem = await until('the broken regex is told', async () => {
    const text = await panel.evaluate(() => document.body.textContent ?? '');
    return /regex|regular expression|pattern/i.test(text) ? text : undefined;
  });
  expect(problem).toMatch(/literal|as text|as it stands|searched/i);

  await box.fill('');
  await panel.getByRole('button', { name: 'Sent', exact: true }).click();
  await whenRows(panel, 4);
  await panel.getByRole('button', { name: 'Sent', exact: true }).click();
  await panel.getByRole('button', { name: 'Events', exact: true }).click();
  await whenRows(panel, 1);
});

test('decoded, text and hex of a frame; copied as text, base64 and hex @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['{"user":{"name":"Zoë"},"list":[1,2,3]}'] });
  await whenFrames(panel, 3);
  await gridOf(panel).getByRole('row', { name: /Zoë/ }).first().click();
  const frame = panel.getByRole('region', { name: 'Frame', exact: true });
  await frame.getByRole('tab', { name: 'Decoded' }).click();
  await frame.getByRole('treeitem', { name: /user/ }).first().waitFor();
  await frame.getByRole('tab', { name: 'Hex' }).click();
  await until('bytes', async () => /7b 22 75 73 65 72/i.test((await frame.textContent()) ?? '') || undefined);
  await frame.getByRole('tab', { name: 'Text' }).click();
  await until('text', async () => (await frame.textContent())?.includes('"name":"Zoë"') || undefined);
  for (const [form, expected] of [
    ['text', '{"user":{"name":"Zoë"},"list":[1,2,3]}'],
    ['base64', Buffer.from('{"user":{"name":"Zoë"},"list":[1,2,3]}').toString('base64')],
    ['hex', Buffer.from('{"user":{"name":"Zoë"},"list":[1,2,3]}').toString('hex')],
  ] as const) {
    await frame.getByRole('button', { name: `Copy as ${form}` }).click();
    await until(`${form} in the clipboard`, async () => {
      const copied = await session.readClipboard();
      return (form === 'hex' ? copied.replaceAll(' ', '').toLowerCase() : copied) === expected || undefined;
    });
  }
});

test('follows the tail until the user scrolls up, then stands still, with a way back @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    (globalThis as { kept?: WebSocket }).kept = socket;
    await new Promise((open) => socket.addEventListener('open', open));
  }, `${demo.wsUrl}/flood?count=1000000&size=60&rate=200`);
  await whenFrames(panel, 200);
  const lastRow = () =>
    panel.evaluate(() => {
      const rows = [...document.querySelectorAll('[aria-label="Frames"] [role=row][aria-rowindex]')];
      return Math.max(...rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
    });
  await until('the tail is shown', async () => (await lastRow()) > 200 || undefined);
  await gridOf(panel).getByRole('row').nth(5).click();
  // It takes room from the list: only then the list is as high as it will be.
  await panel.getByRole('region', { name: 'Frame', exact: true }).getByRole('tab', { name: 'Decoded' }).waitFor();
  await panel.press('Home');
  await until('the first rows are shown', async () => (await lastRow()) < 200 || undefined);
  const still = await lastRow();
  await whenFrames(panel, 700);
  expect(await lastRow()).toBe(still);
  await panel.getByRole('button', { name: /Jump to latest/ }).click();
  await until('the tail again', async () => (await lastRow()) > 600 || undefined);
});

test('the keyboard alone suffices @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['alpha', 'beta', 'gamma'] });
  await whenFrames(panel, 7);
  const focused = () =>
    panel.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  const tabTo = async (name: string) => {
    for (let step = 0; step < 40; step++) {
      if ((await focused()) === name) return;
      await panel.press('Tab');
    }
    throw new Error(`Tab never reached "${name}"`);
  };
  // Somewhere that does nothing, so that the keys go to the panel.
  await panel.getByRole('status', { name: 'Counts' }).click();
  await panel.press('Control+f');
  await expect.poll(focused).toBe('Filter frames');
  await panel.type('beta');
  await whenRows(panel, 2);
  // The first closes the suggestions, the second empties the box.
  await panel.press('Escape');
  await panel.press('Escape');
  await whenRows(panel, 7);
  await tabTo('Frames').catch(async () => {
    // The grid gives its focus to a row.
    await until('focus in the grid', () =>
      panel.evaluate(() => document.activeElement?.closest('[aria-label="Frames"]') !== null || undefined),
    );
  });
  await panel.press('Home');
  await panel.press('ArrowDown');
  await panel.press('Enter');
  await panel.getByRole('region', { name: 'Frame', exact: true }).getByRole('tab', { name: 'Decoded' }).waitFor();
  await panel.press('Control+l');
  await until(
    'cleared',
    async () =>
      (await panel.getByRole('status', { name: 'Counts' }).textContent())?.startsWith('0 frames') || undefined,
  );
});

for (const theme of ['light', 'dark'] satisfies Theme[]) {
  test(`no violation of accessibility rules, empty, busy and with all open, ${theme}`, async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/blank`);
    const devtools = await session.openDevtools(tab);
    const panel = await showThemed(devtools, theme);
    expect(await violations(panel)).toEqual([]);
    await tab.goto(`${demo.url}/`);
    await whenFrames(panel, 50);
    await gridOf(panel).getByRole('row').nth(5).click();
    await panel.getByRole('region', { name: 'Frame', exact: true }).getByRole('tab', { name: 'Decoded' }).waitFor();
    expect(await violations(panel)).toEqual([]);
    await panel.getByRole('grid', { name: 'Connections' }).getByRole('row').nth(2).click();
    await panel.getByRole('region', { name: 'Connection', exact: true }).waitFor();
    expect(await violations(panel)).toEqual([]);
    await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
    await panel.getByRole('grid', { name: 'Sessions' }).waitFor();
    expect(await violations(panel)).toEqual([]);
  });
}
