import { until } from './open-chromium.mjs';

/** Extension pages can be loaded as soon as the extension runs again. */
async function isBack(page, address) {
  try {
    await page.goto(address, { timeout: 2000 });
    return true;
  } catch {
    return undefined;
  }
}

/**
 * Reloads the extension from disk. DevTools takes extensions in when it opens, so the tab is opened anew, on an empty
 * page, with a DevTools of its own.
 *
 * @returns the address that the tab had
 */
export async function reloadExtension(connect) {
  const { page, devtools, disconnect } = await connect();
  const url = page.url();
  const frame = devtools.frames().find((one) => one.url().startsWith('chrome-extension://'));
  if (!frame) throw new Error('The extension is not in DevTools: was its tab closed?');
  const address = new URL('/manifest.json', frame.url()).href;
  // The frame goes away with the extension, and the answer with it.
  await frame.evaluate(() => void setTimeout(() => chrome.runtime.reload(), 0));
  const next = await page.context().newPage();
  await until('the extension', () => isBack(next, address));
  await next.close();
  const fresh = await page.context().newPage();
  await page.close();
  await fresh.bringToFront();
  await disconnect();
  return url;
}
