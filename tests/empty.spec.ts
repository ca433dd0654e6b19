import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { whenSaid } from '../src/testing/frame-rows';
import { converse } from '../src/testing/page-sockets';
import { whenReady } from '../src/testing/when-ready';
import { whenRows } from '../src/testing/when-rows';

/** What stands in the place of the rows. */
const emptyOf = (panel: Panel) => panel.locator('.frames-pane .empty');

const whenEmpty = (panel: Panel, words: string) =>
  expect.poll(() => emptyOf(panel).allTextContents()).toEqual([expect.stringContaining(words)]);

const press = (panel: Panel, name: string) => emptyOf(panel).getByRole('button', { name, exact: true }).click();

test('a list without rows says why, and has a button that ends it @both', async ({ panel, tab, demo }) => {
  await whenReady(panel);
  await whenEmpty(panel, 'No WebSocket traffic yet');
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo?one`, texts: ['said'] });
  await whenSaid(panel, [/.*/, 'said', 'said']);
  expect(await emptyOf(panel).count()).toBe(0);

  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  await box.fill('nowhere');
  await whenEmpty(panel, 'No frame matches the filter3 frames hidden.');
  await press(panel, 'Clear filter');
  await whenRows(panel, 3);
  expect(await box.inputValue()).toBe('');

  // What was recorded of it is cleared, and it is still open.
  await panel.getByRole('button', { name: 'Clear', exact: true }).click();
  await whenRows(panel, 0);
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo?two`, texts: ['heard'] });
  await whenSaid(panel, [/.*/, 'heard', 'heard']);
  await panel.getByRole('grid', { name: 'Connections' }).getByRole('row', { name: /one/ }).click();
  await whenEmpty(panel, 'No frames on this connection yet');
  await press(panel, 'Show all connections');
  await whenSaid(panel, [/.*/, 'heard', 'heard']);
});

test('a list without rows says that recording is off, and starts it', async ({ panel, tab, demo }) => {
  await whenReady(panel);
  const record = panel.getByRole('button', { name: 'Record', exact: true });
  await record.click();
  await whenEmpty(panel, 'Recording is off');
  expect(await record.getAttribute('aria-pressed')).toBe('false');
  await press(panel, 'Start recording');
  await whenEmpty(panel, 'No WebSocket traffic yet');
  expect(await record.getAttribute('aria-pressed')).toBe('true');
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['said'] });
  await whenSaid(panel, [/.*/, 'said', 'said']);
});

test('where the user has taken sites from the extension, the list says so @both', async ({ session, demo }) => {
  await session.withholdSites();
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel('Framescope');
  await whenEmpty(panel, 'No access to this page');
});
