import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { onEnd, temporaryFolder } from './cleanup.mjs';
import { importTypeScript } from './import-typescript.mjs';

/** Resolves when no process has that id. */
async function endOf(pid) {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(500);
  }
}

/**
 * Opens `url` in Firefox with the toolbox on the Framescope tab, by the driver that the tests use too.
 *
 * @param {{executable: string, extension: string, url: string, headless: boolean}} options
 */
export async function openInFirefox({ executable, extension, url, headless }) {
  process.env.FRAMESCOPE_FIREFOX = executable;
  const driver = new URL('../../src/testing/firefox/firefox-driver.ts', import.meta.url);
  const { firefoxDriver } = await importTypeScript(driver);
  const profileDir = temporaryFolder(tmpdir(), 'framescope-firefox');
  const session = await firefoxDriver.launch({ extension, headless, profileDir });
  onEnd(() => process.kill(-session.pid, 'SIGKILL'));
  const tab = await session.openPage('about:blank');
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.goto(url);
  return {
    ended: endOf(session.pid),
    readCounts: async () => (await panel.getByRole('status', { name: 'Counts' }).textContent()) ?? '',
    screenshot: (path) => devtools.screenshot(path),
  };
}
