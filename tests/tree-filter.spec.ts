import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { whenRows } from '../src/testing/when-rows';

test('a value that no path leads to is filtered by its words, or says that no filter finds it', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const order = JSON.stringify({ type: 'order', data: JSON.stringify({ n: 1, symbol: 'BTC-USD' }) });
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: [order, '{"type":"ping"}'] });
  await whenFrames(panel, 5);
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  await box.fill('dir:sent');
  await whenRows(panel, 2);
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: /order/ }).click();
  const frame = panel.getByRole('region', { name: 'Frame', exact: true });
  await frame.getByRole('tab', { name: 'Decoded' }).click();

  const only = panel.getByRole('menuitem', { name: 'Show only messages like this' });
  await frame.getByRole('treeitem', { name: /^n: 1/ }).click({ button: 'right' });
  await until(
    'no filter finds it',
    async () => (await only.getAttribute('title')) === 'No filter finds this value' || undefined,
  );
  expect(await only.getAttribute('aria-disabled')).toBe('true');
  await panel.press('Escape');

  await frame.getByRole('treeitem', { name: /^symbol/ }).click({ button: 'right' });
  await only.click();
  await until('its words are looked for', async () => (await box.inputValue()) === 'dir:sent BTC-USD' || undefined);
  await whenRows(panel, 1);
});
