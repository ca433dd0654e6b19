import { test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { whenRows } from '../src/testing/when-rows';

test('Find names a regex that takes too long, and finds another text after it', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: [`${'a'.repeat(40)}!`, 'pear'] });
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('is:message');
  await whenRows(panel, 4);
  await panel.press('Control+Shift+f');
  const box = panel.getByRole('textbox', { name: 'Find', exact: true });
  const result = panel.getByRole('status', { name: 'Find result' });
  const whenResult = (text: string) =>
    until(`Find says ${text}`, async () => (await result.textContent()) === text || undefined);
  await box.fill('/(a|a)+$/');
  await whenResult('Stopped: /(a|a)+$/ takes too long on some frames');
  await panel.press('Enter');
  await box.fill('pear');
  await panel.press('Enter');
  await whenResult('1 of 2');
});
