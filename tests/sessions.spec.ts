import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse, receive } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { recordSession } from '../src/testing/record-session';
import { countsOf, messages, recorded, whenFrames } from '../src/testing/recorded';
import { stored, whenSessionStored } from '../src/testing/stored';

/** Opens Sessions and waits until so many are listed. */
async function sessionRows(panel: Panel, count: number) {
  await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
  const grid = panel.getByRole('grid', { name: 'Sessions' });
  await grid.waitFor();
  await until(
    `${count} sessions`,
    async () => Number(await grid.getAttribute('aria-rowcount')) === count + 1 || undefined,
  );
  return grid.getByRole('row');
}

/** Opens Sessions and gives the row of the demo server's session that has so many frames. */
async function sessionWith(panel: Panel, frames: number) {
  await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
  const grid = panel.getByRole('grid', { name: 'Sessions' });
  return grid.getByRole('row', { name: new RegExp(`127\\.0\\.0\\.1.* ${frames} `) }).first();
}

test('a session survives closing DevTools, opens read-only, and can be renamed, deleted and brought back @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  await recordSession(session, tab, { url: `${demo.wsUrl}/echo`, texts: ['yesterday'] });
  await tab.goto(`${demo.url}/blank?title=today`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const row = await sessionWith(panel, 3);
  await row.waitFor();

  await row.getByRole('button', { name: 'Open' }).click();
  await whenFrames(panel, 3);
  expect(messages(await recorded(panel)).map(({ payload }) => payload.toString())).toEqual(['yesterday', 'yesterday']);
  await panel.getByRole('button', { name: 'Back to live' }).click();
  await until('the live log is empty', async () => (await countsOf(panel)).frames === 0 || undefined);

  await sessionWith(panel, 3);
  await row.getByRole('button', { name: 'Rename' }).click();
  const grid = panel.getByRole('grid', { name: 'Sessions' });
  const name = grid.getByRole('textbox', { name: 'Name' });
  await name.fill('A good one');
  await name.press('Enter');
  const renamed = grid.getByRole('row', { name: /A good one/ });
  await renamed.waitFor();
  await renamed.getByRole('button', { name: 'Delete' }).click();
  await renamed.waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: 'Undo' }).click();
  await renamed.waitFor();
});

test('a session that is deleted for good leaves nothing on disk @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['to be forgotten'] });
  await whenFrames(panel, 3);
  await whenSessionStored(panel, 3);
  await devtools.close();
  await tab.goto('about:blank');
  panel = await (await session.openDevtools(tab)).showPanel();
  const row = await sessionWith(panel, 3);
  await row.getByRole('button', { name: 'Delete' }).click();
  // It stays for as long as that can be undone, which is not long.
  await panel.getByRole('button', { name: 'Undo' }).waitFor();
  expect((await stored(panel)).columns).toBeGreaterThan(0);
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await row.waitFor({ state: 'detached' });
  await until('nothing is left', async () => {
    const left = await stored(panel);
    return !(left.columns || left.payloads || left.connections || left.documents) || undefined;
  });
});

test('a killed browser loses no more than its last moments @both', async ({ driver, extension, demo }) => {
  const profileDir = await mkdtemp(join(tmpdir(), 'framescope-crash-'));
  try {
    const first = await driver.launch({ extension, profileDir });
    const tab = await first.openPage(`${demo.url}/blank`);
    const panel = await (await first.openDevtools(tab)).showPanel();
    await tab.evaluate(receive, { url: `${demo.wsUrl}/flood?count=1000000&size=100&rate=1000`, messages: 8000 });
    await whenFrames(panel, 8000);
    const killed = Date.now();
    await first.kill();

    const second = await driver.launch({ extension, profileDir });
    try {
      const again = await second.openPage(`${demo.url}/blank`);
      const recovered = await (await second.openDevtools(again)).showPanel();
      await recovered.getByRole('button', { name: 'Sessions', exact: true }).click();
      const grid = recovered.getByRole('grid', { name: 'Sessions' });
      await grid.getByRole('button', { name: 'Open' }).first().click();
      await whenFrames(recovered, 500);
      const { frames } = await recorded(recovered);
      // Frames are a millisecond apart: the time of the last one tells what was lost. Half a second at most where the
      // disk is no slower than that, which the benchmark `faults` measures; here it may be, and the kill takes its time.
      expect(killed - (frames.at(-1)?.time ?? 0)).toBeLessThanOrEqual(5000);
      const texts = messages({ connections: [], frames }).map(({ payload }) => payload.toString());
      expect(texts.every((text) => text.length === 100)).toBe(true);
    } finally {
      await second.close();
    }
  } finally {
    await rm(profileDir, { recursive: true, force: true });
  }
});

test('kept in memory only, nothing is left behind @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await panel.getByRole('button', { name: 'Settings', exact: true }).click();
  const memoryOnly = panel.getByRole('menuitemcheckbox', { name: /memory only/i });
  const whenChecked = (checked: boolean) =>
    until(
      `memory only: ${checked}`,
      async () => (await memoryOnly.getAttribute('aria-checked')) === String(checked) || undefined,
    );
  // Until the disk is there, it is memory anyway.
  await whenChecked(false);
  await memoryOnly.click();
  await whenChecked(true);
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['secret'] });
  await whenFrames(panel, 3);
  expect(messages(await recorded(panel)).map(({ payload }) => payload.toString())).toEqual(['secret', 'secret']);
  await devtools.close();
  await tab.goto(`${demo.url}/blank`);
  const after = await (await session.openDevtools(tab)).showPanel();
  const rows = await sessionRows(after, 0);
  expect(await rows.count()).toBe(1);
});
