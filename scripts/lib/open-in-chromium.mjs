import { once } from 'node:events';
import { openChromium, selectPanel } from './open-chromium.mjs';

/**
 * Opens `url` in Chromium with DevTools on the Framescope tab. DevTools comes first, so that it sees everything.
 *
 * @param {{executable: string, extension: string, url: string, headless: boolean}} options
 */
export async function openInChromium({ executable, extension, url, headless }) {
  const { child, connect } = await openChromium({ executable, extension, headless });
  const { page, devtools, disconnect } = await connect();
  const panel = await selectPanel(devtools);
  await page.goto(url);
  if (!headless) await disconnect();
  return {
    ended: once(child, 'exit'),
    readCounts: async () => (await panel.getByRole('status', { name: 'Counts' }).textContent()) ?? '',
    screenshot: (path) => devtools.screenshot({ path }),
  };
}
