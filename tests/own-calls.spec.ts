import { ChromiumDevtools } from '../src/testing/chromium/chromium-devtools';
import { expect, test } from '../src/testing/fixtures';
import { type Served, serve } from '../src/testing/serve';

/** A page with this script, `/page.js`. */
function startPage(code: string): Promise<Served> {
  return serve((request, response) => {
    const script = request.url === '/page.js';
    response.writeHead(200, { 'Content-Type': script ? 'text/javascript' : 'text/html' });
    if (!script) return response.end('<!doctype html><link rel="icon" href="data:,"><script src="/page.js"></script>');
    response.end(code);
  });
}

test('DevTools names the page’s own script where a connection fails, and not ours', async ({ session }) => {
  // It is refused, and sends before it is open.
  const server = await startPage('new WebSocket("/refused");\nnew WebSocket("/").send("");');
  try {
    const tab = await session.openPage('about:blank');
    const devtools = await session.openDevtools(tab);
    if (!(devtools instanceof ChromiumDevtools)) throw new TypeError('Not Chromium');
    await devtools.showOther('Network');
    await tab.goto(`${server.url}/`);
    // In whatever order the browser begins with them.
    const told = (selector: string) =>
      expect.poll(async () =>
        (await devtools.page.locator(selector).allTextContents()).map((text) => text.trim()).toSorted(),
      );
    await told('tbody .initiator-column :is(a, button)').toEqual(['(index):1', 'page.js:1', 'page.js:2']);
    await devtools.showOther('Console');
    await told('.console-message-wrapper .console-message-anchor').toEqual(['page.js:1', 'page.js:2', 'page.js:2']);
  } finally {
    server.close();
  }
});

test('the debugger steps from line to line of the page, over our functions', async ({ session }) => {
  const server = await startPage(
    'const socket = new WebSocket("/refused");\ndebugger;\nsocket.close();\nsocket.close();',
  );
  try {
    const tab = await session.openPage('about:blank');
    const devtools = await session.openDevtools(tab);
    if (!(devtools instanceof ChromiumDevtools)) throw new TypeError('Not Chromium');
    const { page } = devtools;
    await devtools.showOther('Sources');
    const loaded = tab.goto(`${server.url}/`);
    const top = page.locator('.call-frame-item .call-frame-location').first();
    const whenAt = (line: number) => expect.poll(async () => (await top.textContent())?.trim()).toBe(`page.js:${line}`);
    for (const line of [2, 3]) {
      await whenAt(line);
      // Into what the line calls.
      await page.keyboard.press('F11');
    }
    await whenAt(4);
    await page.keyboard.press('F8');
    await loaded;
  } finally {
    server.close();
  }
});
