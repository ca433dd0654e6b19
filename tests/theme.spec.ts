import { test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';

test('the panel follows the theme of DevTools, before it is shown and after @both', async ({ session }) => {
  const tab = await session.openPage('about:blank');
  const devtools = await session.openDevtools(tab);
  await devtools.setTheme('dark');
  const panel = await devtools.showPanel();
  const themed = (theme: string) =>
    until(
      `the panel to be ${theme}`,
      async () => (await panel.evaluate(() => document.documentElement.dataset.theme)) === theme || undefined,
    );
  await themed('dark');
  await devtools.setTheme('light');
  await themed('light');
  await devtools.setTheme('dark');
  await themed('dark');
});
