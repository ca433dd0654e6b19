import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { recordSession } from '../src/testing/record-session';
import { countsOf, whenFrames } from '../src/testing/recorded';
import { whenRows } from '../src/testing/when-rows';

const gridOf = (panel: Panel) => panel.getByRole('grid', { name: 'Frames' });

/** Waits until an element has the focus that this selects, or that lies in what it selects. */
const whenFocused = (panel: Panel, selector: string) =>
  until(`${selector} has the focus`, () =>
    panel.evaluate((within: string) => document.activeElement?.closest(within) != null || undefined, selector),
  );

const FRAMES = '[role="grid"][aria-label="Frames"]';

test('the keys that clear leave the log alone while something is typed, and in dialogs @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['one'] });
  await whenFrames(panel, 3);
  await panel.getByRole('textbox', { name: 'Message' }).focus();
  await panel.press('Control+k');
  await panel.getByRole('status', { name: 'Counts' }).click();
  await panel.press('Control+j');
  const goTo = panel.getByRole('dialog', { name: 'Go to' });
  await goTo.getByRole('textbox').focus();
  await panel.press('Control+k');
  await goTo.getByRole('button', { name: 'Cancel' }).click();
  await goTo.waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: 'Filter help' }).click();
  await panel.getByRole('dialog', { name: 'Filter help' }).waitFor();
  await panel.press('Control+k');
  await panel.press('Control+j');
  await panel.getByRole('button', { name: 'Close the help' }).click();
  // What is recorded later comes on top of what was there.
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['two'] });
  await whenFrames(panel, 6);
  expect(await goTo.count()).toBe(0);
  await panel.getByRole('searchbox', { name: 'Filter frames' }).focus();
  await panel.press('Control+k');
  await until('the log is empty', async () => (await countsOf(panel)).frames === 0 || undefined);
});

test('the focus goes back to where it was when a dialog or a part of the panel is closed @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['one', 'two'] });
  await whenFrames(panel, 5);
  await gridOf(panel).getByRole('row', { name: 'one' }).first().click();

  await panel.press('Control+j');
  const goTo = panel.getByRole('dialog', { name: 'Go to' });
  await goTo.getByRole('button', { name: 'Cancel' }).click();
  await goTo.waitFor({ state: 'detached' });
  await whenFocused(panel, FRAMES);

  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('one');
  await whenRows(panel, 2);
  await panel.getByRole('button', { name: 'Saved filters' }).click();
  await panel.getByRole('menuitem', { name: 'Save this filter' }).click();
  const save = panel.getByRole('dialog', { name: 'Save filter' });
  await save.getByRole('button', { name: 'Save', exact: true }).click();
  await save.waitFor({ state: 'detached' });
  await whenFocused(panel, '[aria-label="Saved filters"]');

  await panel.getByRole('button', { name: 'Insight', exact: true }).click();
  await panel.getByRole('button', { name: 'Close Insight' }).click();
  await whenFocused(panel, FRAMES);

  await gridOf(panel).getByRole('row', { name: 'one' }).first().click();
  await panel.press('Shift+ArrowDown');
  await panel.getByRole('button', { name: 'Compare', exact: true }).click();
  await panel.getByRole('button', { name: 'Close the comparison' }).click();
  await whenFocused(panel, FRAMES);

  await gridOf(panel).getByRole('row', { name: 'one' }).first().click();
  const frame = panel.getByRole('region', { name: 'Frame', exact: true });
  await frame.getByRole('tab', { name: 'Decoded' }).click();
  const yours = panel.getByRole('dialog', { name: 'Your decoders' });
  for (const close of [
    () => panel.press('Escape'),
    () => panel.getByRole('button', { name: 'Close your decoders' }).click(),
  ]) {
    await frame.getByRole('button', { name: 'Yours…' }).click();
    await yours.waitFor();
    await close();
    await yours.waitFor({ state: 'detached' });
    await until('its button has the focus', () =>
      panel.evaluate(() => document.activeElement?.textContent === 'Yours…' || undefined),
    );
  }
});

test('the focus stays in the list when a session is deleted, and goes to the frames with the list @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  for (const texts of [['first'], ['second', 'third']]) {
    await recordSession(session, tab, { url: `${demo.wsUrl}/echo`, texts });
    await tab.goto(`${demo.url}/blank`);
  }
  const panel = await (await session.openDevtools(tab)).showPanel();
  await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
  const grid = panel.getByRole('grid', { name: 'Sessions' });
  const earlier = (frames: number) => grid.getByRole('row', { name: new RegExp(`127\\.0\\.0\\.1.* ${frames} `) });
  await earlier(5).getByRole('button', { name: 'Delete' }).click();
  await earlier(5).waitFor({ state: 'detached' });
  await whenFocused(panel, '[aria-label="Sessions"] [role="row"]');
  // Notices go by themselves after some seconds: only that of the next deletion is to be there then.
  const undo = panel.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await panel.getByRole('button', { name: 'Dismiss' }).evaluate((button) => (button as HTMLElement).click());
  await undo.waitFor({ state: 'detached' });
  await whenFocused(panel, '[aria-label="Sessions"] [role="row"]');
  await panel.press('Delete');
  await earlier(3).waitFor({ state: 'detached' });
  await whenFocused(panel, 'section[aria-label="Sessions"]');
  await undo.click();
  await earlier(3).getByRole('button', { name: 'Open' }).click();
  await whenFrames(panel, 3);
  await whenFocused(panel, FRAMES);
  await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
  await panel.getByRole('button', { name: 'Back to the frames' }).click();
  await whenFocused(panel, FRAMES);
  await panel.getByRole('button', { name: 'Back to live' }).click();
  await whenFocused(panel, FRAMES);
});

test('Find gets the focus again when it is open already @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['one'] });
  await whenFrames(panel, 3);
  for (let time = 0; time < 2; time++) {
    await gridOf(panel).getByRole('row', { name: 'one' }).first().click();
    await panel.press('Control+Shift+f');
    await whenFocused(panel, '[aria-label="Find"]');
  }
});

test('rows of bytes are counted from one, as many as there are @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['0123456789'.repeat(4)] });
  await whenFrames(panel, 3);
  await gridOf(panel).getByRole('row', { name: '0123456789' }).first().click();
  await panel.getByRole('region', { name: 'Frame', exact: true }).getByRole('tab', { name: 'Hex' }).click();
  const places = await until('the rows', () =>
    panel.evaluate(() => {
      const grid = document.querySelector('[aria-label="Bytes"]');
      const rows = [...(grid?.querySelectorAll('[role="row"]') ?? [])].map((row) => row.getAttribute('aria-rowindex'));
      return rows.length ? { rows, count: grid?.getAttribute('aria-rowcount') } : undefined;
    }),
  );
  expect(places.rows).toEqual(Array.from({ length: Number(places.count) }, (_, at) => String(at + 1)));
});
