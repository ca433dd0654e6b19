import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { recordSession } from '../src/testing/record-session';
import { messages, recorded, saveAs, whenFrames } from '../src/testing/recorded';
import { stored, whenSessionStored } from '../src/testing/stored';
import { whenRows } from '../src/testing/when-rows';

test.describe('in a private window', () => {
  test.use({ launch: { allowPrivate: true } });

  test('frames are recorded, and nothing is written to disk @both', async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/blank`, { private: true });
    const devtools = await session.openDevtools(tab);
    const panel = await devtools.showPanel();
    await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['private matter'] });
    await whenFrames(panel, 3);
    // Not by an export: the test's browser lets no private window save a file.
    const rows = panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: 'private matter' });
    await expect.poll(() => rows.count()).toBe(2);
    await panel.getByRole('button', { name: 'Settings', exact: true }).click();
    const memoryOnly = panel.getByRole('menuitemcheckbox', { name: 'Keep in memory only' });
    expect(await memoryOnly.getAttribute('aria-checked')).toBe('true');
    expect(await memoryOnly.getAttribute('aria-disabled')).toBe('true');
    expect(await stored(devtools)).toEqual({});
  });
});

test('when the disk refuses, recording goes on in memory, says so, and offers to delete', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['before'] });
  await whenFrames(panel, 3);
  // An extension has no quota that a test could lower: its database goes away beneath it instead.
  await panel.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise((gone) => {
        const request = indexedDB.deleteDatabase(name ?? '');
        request.onsuccess = gone;
        request.onerror = gone;
      });
    }
  });
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['still recorded'] });
  await whenFrames(panel, 6);
  await until('the panel says so', async () => {
    const said = (await panel.getByRole('alert').allTextContents()).join(' ');
    return /memory/i.test(said) || undefined;
  });
  await panel
    .getByRole('alert')
    .getByRole('button', { name: /delete|sessions/i })
    .first()
    .waitFor();
  expect(
    messages(await recorded(panel))
      .at(-1)
      ?.payload.toString(),
  ).toBe('still recorded');
});

test('while the database does not open, recording goes on in memory and says so, and goes to disk when it does @both', async ({
  session,
  demo,
}) => {
  const holding = await (await session.openDevtools(await session.openPage(`${demo.url}/blank`))).showPanel();
  // A deletion waits for this connection, and everybody who opens the database waits for the deletion.
  await holding.evaluate(
    () =>
      new Promise<void>((asked) => {
        const request = indexedDB.open('framescope');
        request.onsuccess = () => {
          Object.assign(globalThis, { held: request.result, deletion: indexedDB.deleteDatabase('framescope') });
          asked();
        };
      }),
  );
  const tab = await session.openPage(`${demo.url}/blank?title=waiting`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await until('the panel says so', async () => {
    const said = (await panel.getByRole('alert').allTextContents()).join(' ');
    return /memory only.*not opened/.test(said) || undefined;
  });
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['not lost'] });
  await whenFrames(panel, 3);
  await holding.evaluate(() => (globalThis as unknown as { held: IDBDatabase }).held.close());
  await whenSessionStored(panel, 3);
  expect(messages(await recorded(panel)).map(({ payload }) => payload.toString())).toEqual(['not lost', 'not lost']);
});

test('what another DevTools records can be named here, and has ended here when that is closed @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank?title=recorded`);
  const recording = await session.openDevtools(tab);
  const panel = await recording.showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['one'] });
  await whenFrames(panel, 3);
  await whenSessionStored(panel, 3);
  const other = await session.openPage(`${demo.url}/blank?title=other`);
  const otherPanel = await (await session.openDevtools(other)).showPanel();
  await otherPanel.getByRole('button', { name: 'Sessions', exact: true }).click();
  const grid = otherPanel.getByRole('grid', { name: 'Sessions' });
  await grid.getByRole('row', { name: /recording/ }).waitFor();
  await grid
    .getByRole('row', { name: /recording/ })
    .getByRole('button', { name: 'Rename' })
    .click();
  const name = grid.getByRole('textbox', { name: 'Name' });
  await name.fill('The bug');
  await name.press('Enter');
  await grid.getByRole('row', { name: /The bug/ }).waitFor();

  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['two'] });
  await whenFrames(panel, 6);
  await whenSessionStored(panel, 6);
  // The page and its sockets stay.
  await recording.close();
  const row = grid.getByRole('row', { name: /The bug.* 6 / });
  const open = row.getByRole('button', { name: 'Open' });
  await until('it can be opened', async () => (await open.isEnabled()) || undefined);
  await open.click();
  await whenFrames(otherPanel, 6);
  const { connections } = await recorded(otherPanel);
  expect(connections.map(({ state }) => state)).toEqual(['closed', 'closed']);
});

test('what another DevTools shows can be read there on when it is deleted here @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  await recordSession(session, tab, { url: `${demo.wsUrl}/echo`, texts: ['kept'] });
  await tab.goto(`${demo.url}/blank?title=here`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const other = await session.openPage(`${demo.url}/blank?title=other`);
  const otherPanel = await (await session.openDevtools(other)).showPanel();
  const list = async (shown: Panel) => {
    await shown.getByRole('button', { name: 'Sessions', exact: true }).click();
    return shown.getByRole('grid', { name: 'Sessions' }).getByRole('row', { name: / 3 / });
  };
  await (await list(otherPanel)).getByRole('button', { name: 'Open' }).click();
  await whenFrames(otherPanel, 3);
  const row = await list(panel);
  await row.getByRole('button', { name: 'Delete' }).click();
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await row.waitFor({ state: 'detached' });
  await until('it is said', async () => {
    const said = (await panel.getByRole('status').allTextContents()).join(' ');
    return said.includes('open in another DevTools') || undefined;
  });
  expect((await stored(panel)).payloads).toBeGreaterThan(0);
  expect(messages(await recorded(otherPanel)).map(({ payload }) => payload.toString())).toEqual(['kept', 'kept']);
});

test('a long export shows its progress and can be cancelled', async ({ session, demo }) => {
  test.slow();
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.evaluate(
    async (url: string) => {
      for (let number = 0; number < 24; number++) {
        const socket = new WebSocket(url);
        socket.binaryType = 'arraybuffer';
        await new Promise((message) => {
          socket.onmessage = message;
        });
        socket.close();
      }
    },
    `${demo.wsUrl}/big?type=binary&size=${16 << 20}`,
  );
  await whenFrames(panel, 24 * 3);
  // Resolves with the next file that comes.
  const saved = saveAs(panel, 'NDJSON');
  await panel.getByRole('progressbar').waitFor();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByRole('progressbar').waitFor({ state: 'detached' });
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('kind:open');
  await whenRows(panel, 24);
  await panel.getByRole('button', { name: 'Export', exact: true }).click();
  await panel.getByRole('menuitemradio', { name: /^Filtered/ }).click();
  await panel.getByRole('menuitem', { name: 'NDJSON', exact: true }).click();
  // That is this one: of the one that was cancelled nothing was saved.
  expect((await saved).bytes.length).toBeLessThan(1 << 20);
});
