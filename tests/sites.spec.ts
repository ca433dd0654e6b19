import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../demo/server';
import type { PageHandle, Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { messages, recorded } from '../src/testing/recorded';

/**
 * Runs in the page: whether anything stands between it and the native constructor, in its window and in a frame that it
 * makes; `null` where only in one of the two.
 */
async function isPatched(): Promise<boolean | null> {
  // The panel's button to reload does not wait.
  if (document.readyState !== 'complete') await new Promise((load) => addEventListener('load', load));
  const patchedIn = ({ WebSocket }: typeof globalThis) => {
    try {
      Object.setPrototypeOf(WebSocket, Object.create(WebSocket));
      return false;
    } catch (error) {
      // A function refuses a cycle of prototypes in words of its own, a proxy in those of proxies.
      return /proxy/i.test(`${error}`);
    }
  };
  const frame = document.body.appendChild(document.createElement('iframe'));
  const [here, there] = [globalThis, frame.contentWindow as unknown as typeof globalThis].map(patchedIn);
  frame.remove();
  return here === there ? here : null;
}

async function setting(panel: Panel, name: RegExp): Promise<void> {
  await panel.getByRole('button', { name: 'Settings' }).click();
  const entry = panel.getByRole('menuitemcheckbox', { name });
  await entry.click();
  await panel.press('Escape');
}

async function textsOf(panel: Panel): Promise<string[]> {
  return messages(await recorded(panel)).map(({ payload }) => payload.toString());
}

/** The hosts that the recorded sockets are connected to. */
async function hosts(panel: Panel): Promise<string[]> {
  const { connections } = await recorded(panel);
  return connections.map(({ url }) => new URL(url).hostname);
}

/** Switches recording off on the site of the tab, and waits until that holds for the next page. */
async function switchOff(panel: Panel): Promise<void> {
  await setting(panel, /^Off on 127\.0\.0\.1$/);
  await panel.getByRole('alert').getByRole('button', { name: 'Switch on' }).waitFor();
}

/** Talks to the echo, and waits until the panel has recorded both what was said and the answer. */
async function record(tab: PageHandle, panel: Panel, url: string, text: string): Promise<void> {
  await tab.evaluate(converse, { url, texts: [text] });
  await until(
    `recorded twice: ${text}`,
    async () => (await textsOf(panel)).filter((each) => each === text).length === 2 || undefined,
  );
}

test('a site is left alone after it was switched off in the panel, and recorded after it was switched on @both', async ({
  tab,
  panel,
  demo,
}) => {
  const url = `${demo.wsUrl}/echo`;
  // Another origin, but the same site: the switch is for a host, whatever the port.
  const neighbour = await startDemo();
  try {
    await tab.reload();
    expect(await tab.evaluate(isPatched)).toBe(true);
    await record(tab, panel, url, 'recorded');

    await switchOff(panel);
    for (const address of [`${demo.url}/blank`, `${neighbour.url}/blank`]) {
      await tab.goto(address);
      await panel.locator('.empty').getByRole('button', { name: 'Switch on' }).waitFor();
      expect(await panel.locator('.empty-title').first().textContent()).toBe('Framescope is off on 127.0.0.1');
      expect(await tab.evaluate(isPatched)).toBe(false);
      await tab.evaluate(converse, { url, texts: ['not recorded'] });
    }

    // Another site goes on.
    await tab.goto(`${demo.localhostUrl}/blank`);
    await panel.getByRole('alert').waitFor({ state: 'detached' });
    expect(await tab.evaluate(isPatched)).toBe(true);
    await record(tab, panel, url, 'elsewhere');
    expect(await textsOf(panel)).toEqual(['elsewhere', 'elsewhere']);

    await tab.goto(`${demo.url}/blank`);
    await panel.getByRole('alert').getByRole('button', { name: 'Switch on' }).click();
    await panel.getByRole('alert').getByRole('button', { name: 'Reload to record from the start' }).click();
    await panel.getByRole('alert').waitFor({ state: 'detached' });
    expect(await tab.evaluate(isPatched)).toBe(true);
    await record(tab, panel, url, 'recorded again');
    expect(await textsOf(panel)).toEqual(['recorded again', 'recorded again']);
  } finally {
    await neighbour.close();
  }
});

test('a frame goes by its own site: left alone in a page that is recorded, and the other way round @both', async ({
  tab,
  panel,
  demo,
}) => {
  await tab.reload();
  await record(tab, panel, `${demo.wsUrl}/echo`, 'still on');
  await switchOff(panel);
  const frames = `/iframes?n=2&cross=1&to=${encodeURIComponent('/first')}`;
  for (const address of [`${demo.url}${frames}`, `${demo.localhostUrl}${frames}`]) {
    const before = demo.log.connections.length;
    await tab.goto(address);
    await until('both frames have talked', () => {
      const [one, two] = demo.log.connections.slice(before);
      return (one?.messages.length === 2 && two?.messages.length === 2) || undefined;
    });
    // Until the panel hears of the new page, it shows what the one before said.
    const began = await tab.evaluate(() => performance.timeOrigin);
    const log = await until('what the frame that is on has said', async () => {
      const log = await recorded(panel);
      const isNew = log.connections.every(({ createdAt }) => createdAt >= began - 1);
      return isNew && messages(log).length === 2 ? log : undefined;
    });
    expect(log.connections.map(({ url }) => new URL(url).hostname)).toEqual(['localhost']);
  }
});

test('a site that is off is not recorded by way of the network log either', async ({ tab, panel, demo }) => {
  await switchOff(panel);
  /** Runs in the page: a socket of its own and one of a worker, which only the network log knows. */
  const talk = async (url: string) => {
    const source = `const socket = new WebSocket('${url}'); socket.onopen = () => postMessage('open')`;
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    const socket = new WebSocket(url);
    Object.assign(globalThis, { worker, socket });
    await Promise.all([
      new Promise((open) => {
        worker.onmessage = open;
      }),
      new Promise((open) => {
        socket.onopen = open;
      }),
    ]);
  };
  await tab.goto(`${demo.url}/blank`);
  await panel.getByRole('checkbox', { name: 'Keep log' }).click();
  await tab.evaluate(talk, `${demo.wsUrl}/echo`);
  // The log that tells of the second worker has told of all that was before.
  await tab.goto(`${demo.localhostUrl}/blank`);
  await tab.evaluate(talk, demo.wsUrl.replace('127.0.0.1', 'localhost').concat('/echo'));
  await until('the worker’s socket', async () => (await hosts(panel)).length === 2 || undefined);
  expect(await hosts(panel)).toEqual(['localhost', 'localhost']);
});

test('nothing is patched on any site while Framescope is paused @both', async ({ tab, panel, demo, session }) => {
  const url = `${demo.wsUrl}/echo`;
  const other = await session.openPage(`${demo.localhostUrl}/blank?title=other`);
  const otherPanel = await (await session.openDevtools(other)).showPanel();
  await tab.reload();
  await record(tab, panel, url, 'recorded');
  await record(other, otherPanel, url, 'recorded there');

  await setting(panel, /^Paused on every site$/);
  // At once in every DevTools, also of pages that are patched still.
  for (const each of [panel, otherPanel])
    await each.getByRole('alert').getByRole('button', { name: 'Resume' }).waitFor();
  for (const page of [tab, other]) await page.evaluate(converse, { url, texts: ['while paused'] });
  for (const page of [tab, other]) {
    await page.reload();
    expect(await page.evaluate(isPatched)).toBe(false);
    await page.evaluate(converse, { url, texts: ['while paused'] });
  }
  for (const each of [panel, otherPanel]) {
    await each.locator('.empty').getByRole('button', { name: 'Resume' }).waitFor();
    expect(await each.locator('.empty-title').first().textContent()).toBe('Framescope is paused');
  }

  await otherPanel.getByRole('alert').getByRole('button', { name: 'Resume' }).click();
  for (const [page, each] of [
    [tab, panel],
    [other, otherPanel],
  ] as const) {
    await each.getByRole('alert').getByRole('button', { name: 'Reload to record from the start' }).click();
    await each.getByRole('alert').waitFor({ state: 'detached' });
    expect(await page.evaluate(isPatched)).toBe(true);
    await record(page, each, url, 'after the pause');
    expect(await textsOf(each)).toEqual(['after the pause', 'after the pause']);
  }
});

test('what was switched off is still off after a restart of the browser @both', async ({ driver, extension, demo }) => {
  const profileDir = mkdtempSync(join(tmpdir(), 'framescope-sites-'));
  try {
    const first = await driver.launch({ extension, profileDir });
    try {
      const tab = await first.openPage(`${demo.url}/blank`);
      const panel = await (await first.openDevtools(tab)).showPanel();
      await switchOff(panel);
    } finally {
      await first.close();
    }
    const second = await driver.launch({ extension, profileDir });
    try {
      const tab = await second.openPage(`${demo.url}/blank`);
      // Here the extension is installed anew at each start, and the browser forgets what was registered.
      await until('the page to be left alone', async () => {
        await tab.reload();
        return (await tab.evaluate(isPatched)) === false || undefined;
      });
      const panel = await (await second.openDevtools(tab)).showPanel();
      await panel.locator('.empty').getByRole('button', { name: 'Switch on' }).waitFor();
      expect(await panel.locator('.empty-title').first().textContent()).toBe('Framescope is off on 127.0.0.1');
    } finally {
      await second.close();
    }
  } finally {
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
});
