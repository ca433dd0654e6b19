import type { DevtoolsSession, Panel, Theme } from './driver';
import { until } from './poll';

/** Shows the panel in a DevTools of that theme, once it has its colours. */
export async function showThemed(devtools: DevtoolsSession, theme: Theme): Promise<Panel> {
  await devtools.setTheme(theme);
  const panel = await devtools.showPanel();
  await until(
    `the panel to be ${theme}`,
    async () => (await panel.evaluate(() => document.documentElement.dataset.theme)) === theme || undefined,
  );
  return panel;
}
