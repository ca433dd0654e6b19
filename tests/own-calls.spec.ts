import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChromiumDevtools } from '../src/testing/chromium/chromium-devtools';
import { expect, test } from '../src/testing/fixtures';

/** A page whose own script, `/page.js`, opens a connection that is refused, and sends before another is open. */
async function startPage(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const script = request.url === '/page.js';
    response.writeHead(200, { 'Content-Type': script ? 'text/javascript' : 'text/html' });
    if (!script) return response.end('<!doctype html><link rel="icon" href="data:,"><script src="/page.js"></script>');
    response.end('new WebSocket("/refused");\nnew WebSocket("/").send("");');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test('DevTools names the page’s own script where a connection fails, and not ours', async ({ session }) => {
  const server = await startPage();
  try {
    const tab = await session.openPage('about:blank');
    const devtools = await session.openDevtools(tab);
    if (!(devtools instanceof ChromiumDevtools)) throw new TypeError('Not Chromium');
    await devtools.showOther('Network');
    await tab.goto(`${server.url}/`);
    const initiators = devtools.page.locator('tbody .initiator-column a, tbody .initiator-column button');
    await expect.poll(() => initiators.allTextContents()).toEqual(['(index):1', 'page.js:1', 'page.js:2']);
    await devtools.showOther('Console');
    const places = devtools.page.locator('.console-message-wrapper .console-message-anchor');
    await expect
      .poll(async () => (await places.allTextContents()).map((text) => text.trim()).toSorted())
      .toEqual(['page.js:1', 'page.js:2', 'page.js:2']);
  } finally {
    server.close();
  }
});
