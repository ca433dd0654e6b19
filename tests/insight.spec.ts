import axe from 'axe-core';
import type { Panel, PanelLocator, Theme } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { importFile } from '../src/testing/import-file';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { type FileFrame, sessionFile } from '../src/testing/session-file';
import { showThemed } from '../src/testing/show-themed';
import { whenRows } from '../src/testing/when-rows';

const framesOf = async (panel: Panel): Promise<number> =>
  Number(await panel.getByRole('grid', { name: 'Frames' }).getAttribute('aria-rowcount')) - 1;

/** Opens Insight on one of its tabs. */
async function open(panel: Panel, tab: string): Promise<void> {
  const button = panel.getByRole('button', { name: 'Insight', exact: true });
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  await panel.getByRole('region', { name: 'Insight' }).getByRole('tab', { name: tab }).click();
}

/** Text of the cells of a row of a grid that has this word, once `passes`. */
async function whenCells(grid: PanelLocator, word: RegExp, passes: (cells: string[]) => boolean): Promise<string[]> {
  return await until(`cells of ${word}`, async () => {
    const row = grid.getByRole('row', { name: word }).first();
    if ((await row.count()) === 0) return undefined;
    const cells = (await row.getByRole('gridcell').allTextContents()).map((text) => text.trim());
    return passes(cells) ? cells : undefined;
  });
}

/** What axe finds in the panel as it stands. */
async function violations(panel: Panel): Promise<string[]> {
  return await panel.evaluate(
    `(async () => {
      if (!globalThis.axe) { ${axe.source} }
      const { violations } = await axe.run(document);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary));
    })()`,
  );
}

for (const theme of ['light', 'dark'] satisfies Theme[]) {
  test(`kinds of the chat and the ticker are counted, and filter the list, ${theme}`, async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/blank`);
    const devtools = await session.openDevtools(tab);
    const panel = await showThemed(devtools, theme);
    await tab.goto(`${demo.url}/?parts=chat,ticker`);
    await whenFrames(panel, 20);
    await open(panel, 'Kinds');
    const grid = panel.getByRole('grid', { name: 'Kinds' });
    const count = (cells: string[]) => Number(cells[2].replaceAll(',', ''));
    const before = await whenCells(grid, /type:trade/, (cells) => count(cells) > 5);
    expect(before[0]).toBe('Received');
    expect(await violations(panel)).toEqual([]);
    // It follows as frames come.
    await whenCells(grid, /type:trade/, (cells) => count(cells) > count(before));

    const frames = panel.getByRole('grid', { name: 'Frames' });
    const box = panel.getByRole('searchbox', { name: 'Filter frames' });
    const query = () => box.inputValue();
    await grid
      .getByRole('row', { name: /type:trade/ })
      .first()
      .click();
    await until('the filter', async () => (await query()) === 'kind:"type:trade" dir:received' || undefined);
    await until('trades alone', async () => {
      const kinds = await frames.locator('.grid-layer .col-kind').allTextContents();
      return (kinds.length > 0 && kinds.every((kind) => kind.includes('type:trade'))) || undefined;
    });
    await grid
      .getByRole('row', { name: /type:trade/ })
      .first()
      .click();
    await until('no filter', async () => (await query()) === '' || undefined);
    await panel.press('Enter');
    await until('the filter again', async () => (await query()) !== '' || undefined);
    await panel.press('Escape');
    await until('no filter again', async () => (await query()) === '' || undefined);
  });
}

test('kinds follow the selected connection @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo?first`, texts: ['{"type":"apple"}'] });
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo?second`, texts: ['{"type":"pear"}'] });
  await whenFrames(panel, 6);
  await open(panel, 'Kinds');
  const grid = panel.getByRole('grid', { name: 'Kinds' });
  const rows = (least: number) =>
    until(`${least} kinds`, async () => (await grid.getAttribute('aria-rowcount')) === String(least + 1) || undefined);
  await rows(4);
  await panel
    .getByRole('grid', { name: 'Connections' })
    .getByRole('row', { name: /second/ })
    .click();
  await rows(2);
  await expect.poll(() => grid.getByRole('row', { name: /pear/ }).count()).toBe(2);
});

test('acks of Socket.IO are paired, with latency in the list and a way from request to reply', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.goto(`${demo.url}/?parts=socket-io`);
  await until(
    'Socket.IO is connected',
    async () => (await tab.evaluate(() => document.body.textContent?.includes('connected as') ?? false)) || undefined,
  );
  await tab.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Vote tea');
    for (let i = 0; i < 3; i++) button?.click();
  });
  await open(panel, 'Pairs');
  const pairs = panel.getByRole('grid', { name: 'Pairs' });
  const [, , , errors, p50] = await whenCells(
    pairs,
    /event:vote/,
    ([, requests, unanswered, , p50]) => requests === '3' && unanswered === '' && p50 !== '',
  );
  expect(errors).toBe('');
  expect(p50).toMatch(/s$/);
  expect(await violations(panel)).toEqual([]);

  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  await box.fill('is:unanswered vote');
  await until('none unanswered', async () => (await framesOf(panel)) === 0 || undefined);
  // Two connects and three votes, with their replies; no other frame comes among them.
  await box.fill('latency:>=0');
  await panel.getByRole('columnheader', { name: 'Latency' }).waitFor();
  await whenRows(panel, 10);
  const frames = panel.getByRole('grid', { name: 'Frames' });
  await frames
    .getByRole('row', { name: /vote #1/ })
    .first()
    .click();
  const frame = panel.getByRole('region', { name: 'Frame', exact: true });
  await until(
    'the way to the reply',
    async () => /Reply: frame \d+ after/.test((await frame.textContent()) ?? '') || undefined,
  );
  await frame.getByRole('button', { name: /^frame \d+$/ }).click();
  await until('the way back', async () => /Request: frame \d+/.test((await frame.textContent()) ?? '') || undefined);
});

test('messages are paired by a field that the user names @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['{"ask":"a","id":1}', '{"ask":"b","id":2}'] });
  await whenFrames(panel, 5);
  await open(panel, 'Pairs');
  const field = panel.getByRole('textbox', { name: 'Pair by field' });
  await field.fill('id');
  await panel.press('Enter');
  await until('the mistake is told', async () => (await panel.getByRole('alert').count()) > 0 || undefined);
  await field.fill('$.id');
  await panel.press('Enter');
  await whenCells(
    panel.getByRole('grid', { name: 'Pairs' }),
    /\{ask, id\}/,
    (cells) => cells[1] === '2' && cells[4] !== '',
  );
});

test('what is subscribed to by name is one row, which filters the list by its topic @both', async ({ session }) => {
  const tab = await session.openPage('about:blank');
  const panel = await (await session.openDevtools(tab)).showPanel();
  const frame = (direction: 'sent' | 'received', ...message: unknown[]) => ({
    direction,
    text: JSON.stringify(message),
  });
  const inOrder = (frames: Omit<FileFrame, 'at' | 'connection'>[]): FileFrame[] =>
    frames.map((each, index) => ({ ...each, at: (index + 1) * 10, connection: 1 }));
  const file = sessionFile(
    [{ id: 1, url: 'wss://a.test/socket/websocket?vsn=2.0.0', opened: 0 }],
    inOrder([
      frame('sent', '1', '1', 'room:lobby', 'phx_join', {}),
      frame('received', '1', '1', 'room:lobby', 'phx_reply', { status: 'ok', response: {} }),
      frame('sent', '2', '2', 'room:games', 'phx_join', {}),
      frame('received', '2', '2', 'room:games', 'phx_reply', { status: 'error', response: { reason: 'full' } }),
      ...Array.from({ length: 12 }, (_, n) =>
        frame('received', null, null, 'room:lobby', 'said', { text: `line ${n}` }),
      ),
      frame('sent', null, '3', 'phoenix', 'heartbeat', {}),
      frame('received', null, '3', 'phoenix', 'phx_reply', { status: 'ok', response: {} }),
      frame('sent', '1', '4', 'room:lobby', 'phx_leave', {}),
      frame('received', '1', '4', 'room:lobby', 'phx_reply', { status: 'ok', response: {} }),
    ]),
  );
  await importFile(panel, 'rooms.ndjson', file);
  await whenFrames(panel, 21);
  await open(panel, 'Pairs');
  const groups = panel.getByRole('grid', { name: 'Subscriptions' });
  const lobby = await whenCells(groups, /room:lobby/, (cells) => cells[2] === 'ended');
  expect([lobby[0], lobby[3]]).toEqual(['phx_join room:lobby', '12']);
  await whenCells(groups, /room:games/, (cells) => cells[2] === 'failed' && cells[3] === '');
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  await groups.getByRole('row', { name: /room:lobby/ }).click();
  await until('the filter', async () => (await box.inputValue()) === 'conn:1 topic:"room:lobby"' || undefined);
  // The join and the leave with their replies, and what came in between.
  await until('its frames', async () => (await framesOf(panel)) === 16 || undefined);
  await groups.getByRole('row', { name: /room:lobby/ }).click();
  await until('all again', async () => (await framesOf(panel)) === 21 || undefined);
});
