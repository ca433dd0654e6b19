import type { Panel, Theme } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { importFile } from '../src/testing/import-file';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { type FileFrame, sessionFile } from '../src/testing/session-file';
import { showThemed } from '../src/testing/show-themed';
import { violations } from '../src/testing/violations';
import { whenRows } from '../src/testing/when-rows';

async function showHealth(panel: Panel): Promise<void> {
  await panel.getByRole('button', { name: 'Insight', exact: true }).click();
  await panel.getByRole('region', { name: 'Insight', exact: true }).getByRole('tab', { name: 'Health' }).click();
}

const findingsOf = (panel: Panel) => panel.getByRole('list', { name: 'Findings' }).locator('[role="listitem"]');

/** Its place is true for a moment only: findings come and grow as frames are looked at. */
const whenFound = (panel: Panel, title: RegExp) =>
  until(`a finding ${title}`, async () => {
    const texts = await findingsOf(panel).allTextContents();
    const at = texts.findIndex((text) => title.test(text));
    return at < 0 ? undefined : { text: texts[at], item: findingsOf(panel).nth(at) };
  });

/** Clicks the first button of this name of a finding. */
async function clickIn(panel: Panel, title: RegExp, name: string | RegExp): Promise<void> {
  const { item } = await whenFound(panel, title);
  await item.getByRole('button', { name }).first().click();
}

test('a client that reconnects again and again, and a refused handshake, are found @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(
    async ({ unsteady, refused }) => {
      for (let time = 0; time < 5; time++) {
        const socket = new WebSocket(unsteady);
        await new Promise((closed) => socket.addEventListener('close', closed));
      }
      const never = new WebSocket(refused);
      await new Promise((closed) => never.addEventListener('close', closed));
    },
    { unsteady: `${demo.wsUrl}/close?code=1011&when=open`, refused: `${demo.wsUrl}/refuse?status=403` },
  );
  await whenFrames(panel, 12);
  await showHealth(panel);
  await whenFound(panel, /[56] connections to .*\/close within .*, one after the other/);
  await whenFound(panel, /1 handshake failed: .*403/);
  await clickIn(panel, /5 connections closed with 1011/, 'Show its frames');
  await whenRows(panel, 5);
  await clickIn(panel, /5 connections closed with 1011/, 'Show all again');
  await until('all again', async () => {
    const rows = await panel.getByRole('grid', { name: 'Frames' }).getAttribute('aria-rowcount');
    return Number(rows) > 11 || undefined;
  });
});

test('missed heartbeats, missing numbers, silences and repetition lead to their frames @both', async ({ session }) => {
  const tab = await session.openPage('about:blank');
  const panel = await (await session.openDevtools(tab)).showPanel();
  const received = (connection: number, at: number, text: string): FileFrame => ({
    at,
    connection,
    direction: 'received',
    text,
  });
  const beats = [0, 1, 2, 3, 5, 6, 7].map((n) => received(1, n * 10_000, '{"type":"ping"}'));
  const numbers = Array.from({ length: 400 }, (_, n) => n)
    .filter((n) => n !== 200)
    .map((n) =>
      received(2, n * 100 + (n > 300 ? 20_000 : 0), `{"channel":"book","seq":${n},"data":"${'same '.repeat(160)}"}`),
    );
  const file = sessionFile(
    [
      { id: 1, url: 'wss://a.test/beat', opened: 0 },
      { id: 2, url: 'wss://a.test/book', opened: 0 },
    ],
    [...beats, ...numbers],
  );
  await importFile(panel, 'ill.ndjson', file);
  await whenFrames(panel, 408);
  await showHealth(panel);
  await whenFound(panel, /Heartbeat received.*every 10 s: 1 beat missed/);
  await whenFound(panel, /1 silence, the longest 20(\.\d)? s, where usually something comes every 100 ms/);
  await whenFound(panel, /kB of text without compression; .* \d+ times less/);
  await clickIn(panel, /“seq” counts 399 messages received: 1 number missing/, /^Frame \d+$/);
  const selected = panel.getByRole('grid', { name: 'Frames' }).locator('[role="row"][aria-selected="true"]');
  await until('the frame behind the gap', async () =>
    (await selected.count()) === 1 && (await selected.textContent())?.includes('"seq":201') ? true : undefined,
  );
  // Of one connection only what is about it.
  await panel.getByRole('grid', { name: 'Connections' }).getByRole('row', { name: /beat/ }).click();
  await until('only the heartbeat', async () => (await findingsOf(panel).count()) === 1 || undefined);
});

test('a page that sends faster than the network takes is found, with how much waits and for how long @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const { peak, chunks } = await tab.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    const chunk = new Uint8Array(200_000);
    let stuck = Number.POSITIVE_INFINITY;
    let chunks = 0;
    do {
      socket.send(chunk);
      chunks++;
      if (socket.bufferedAmount > 2_000_000) stuck = Math.min(stuck, performance.now());
      await new Promise((later) => setTimeout(later, 20));
    } while (performance.now() - stuck < 2500);
    return { peak: socket.bufferedAmount, chunks };
  }, `${demo.wsUrl}/deaf`);
  await whenFrames(panel, 1 + chunks);
  await showHealth(panel);
  const waited = /Up to ([\d.]+) MB waited to be sent, some of it for (\d+(\.\d+)?) s or more/;
  const text = await until('all that waits', async () => {
    const { text } = await whenFound(panel, waited);
    const [, megabytes, seconds] = waited.exec(text) ?? [];
    return Math.abs(Number(megabytes) - peak / 1e6) < 0.5 && Number(seconds) >= 2 ? text : undefined;
  });
  expect(text).toMatch(/bufferedAmount grew from .* to .* within .*, by .* a second/);
  await clickIn(panel, waited, 'Show its frames');
  await until('only what was sent', async () => {
    const text = await panel.getByRole('grid', { name: 'Frames' }).textContent();
    return (text !== null && !text.includes('Opened') && text.includes('200')) || undefined;
  });
});

test('requests without a reply lead to them, and the tab says how many findings there are @both', async ({
  session,
}) => {
  const tab = await session.openPage('about:blank');
  const panel = await (await session.openDevtools(tab)).showPanel();
  const call = (at: number, connection: number, id: number, method: string): FileFrame => ({
    at,
    connection,
    direction: 'sent',
    text: JSON.stringify({ jsonrpc: '2.0', id, method }),
  });
  const reply = (at: number, connection: number, id: number): FileFrame => ({
    at,
    connection,
    direction: 'received',
    text: JSON.stringify({ jsonrpc: '2.0', id, result: true }),
  });
  const file = sessionFile(
    [
      { id: 1, url: 'wss://a.test/rpc', opened: 0 },
      { id: 2, url: 'wss://a.test/other', opened: 0, closed: { at: 9500, code: 1006 } },
    ],
    [
      ...[call(10, 1, 1, 'getUser'), reply(30, 1, 1), call(40, 1, 2, 'getRoom'), call(50, 1, 3, 'getRoom')],
      ...[call(60, 2, 1, 'getUser'), reply(90, 2, 1), call(9000, 2, 2, 'leave'), call(9990, 1, 4, 'getUser')],
    ],
  );
  await importFile(panel, 'asked.ndjson', file);
  await whenFrames(panel, 11);
  const insight = panel.getByRole('region', { name: 'Insight', exact: true });
  await panel.getByRole('button', { name: 'Insight', exact: true }).click();
  // Whichever tab is shown.
  await insight.getByRole('tab', { name: 'Health (3)', exact: true }).waitFor();
  await insight.getByRole('tab', { name: 'Health (3)', exact: true }).click();
  await whenFound(panel, /1 connection closed with 1006/);
  await whenFound(panel, /1 request without a reply: leave/);
  const rooms = /3 requests without a reply: getRoom, getUser/;
  await clickIn(panel, rooms, 'Frame 5');
  const selected = panel.getByRole('grid', { name: 'Frames' }).locator('[role="row"][aria-selected="true"]');
  await until(
    'the request',
    async () => ((await selected.count()) === 1 && (await selected.textContent())?.includes('getRoom #2')) || undefined,
  );
  await clickIn(panel, rooms, 'Show its frames');
  await whenRows(panel, 3);
  await panel.getByRole('grid', { name: 'Connections' }).getByRole('row', { name: /other/ }).click();
  await insight.getByRole('tab', { name: 'Health (2)', exact: true }).waitFor();
});

test('an ordinary conversation has no findings @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    const answers = new Promise((done) => {
      let left = 30;
      socket.addEventListener('message', () => --left || done(null));
    });
    for (let n = 0; n < 30; n++) socket.send(`{"user":"ann","said":"message ${n}"}`);
    await answers;
    socket.close(1000);
    await new Promise((closed) => socket.addEventListener('close', closed));
  }, `${demo.wsUrl}/echo`);
  await whenFrames(panel, 62);
  await showHealth(panel);
  const status = panel.getByRole('status', { name: 'Health' });
  await until(
    'nothing found',
    async () => (await status.textContent()) === 'Nothing found in 62 of 62 frames' || undefined,
  );
  expect(await findingsOf(panel).count()).toBe(0);
});

for (const theme of ['light', 'dark'] satisfies Theme[]) {
  test(`no violation of accessibility rules in Health, ${theme}`, async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/?rate=20`);
    const devtools = await session.openDevtools(tab);
    const panel = await showThemed(devtools, theme);
    await whenFrames(panel, 50);
    await showHealth(panel);
    await findingsOf(panel).first().waitFor();
    expect(await violations(panel)).toEqual([]);
  });
}
