import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, type TestInfo } from '@playwright/test';
import { type Demo, startDemo } from '../../demo/server';
import { chromiumDriver } from './chromium/chromium-driver';
import type { BrowserName, BrowserSession, DevtoolsSession, Driver, LaunchOptions, PageHandle, Panel } from './driver';
import { firefoxDriver } from './firefox/firefox-driver';

export { expect };

/** Set by each project of `playwright.config.ts`. */
export interface ProjectOptions {
  engine: BrowserName;
}

interface TestFixtures {
  /** What `session` is started with beyond the extension: `test.use({ launch: { locale: 'de' } })`. */
  launch: Partial<LaunchOptions>;
  /** Problems of the extension that the test is about; any other fails it at its end. */
  allowedProblems: RegExp[];
  /** A browser with the extension, on a fresh profile. */
  session: BrowserSession;
  /** A tab on a page of the demo server that opens no socket. */
  tab: PageHandle;
  /** DevTools of that tab. */
  devtools: DevtoolsSession;
  /** The Framescope panel of that DevTools, shown. */
  panel: Panel;
}

interface WorkerFixtures extends ProjectOptions {
  demo: Demo;
  driver: Driver;
  /** Folder of the built extension for this browser. */
  extension: string;
}

/** Firefox reports every message of a content script that a navigation overtakes; nobody but its own console sees it. */
const UNAVOIDABLE = [/^Promise (resolved|rejected) (after context unloaded|while context is inactive)/];

/**
 * The test function of everything in `tests/`. Tests that name no later fixture than they need start no more than
 * that: one about sockets from before DevTools takes `session` and `demo`, and opens the rest itself.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ['chromium', { option: true, scope: 'worker' }],

  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for from the pattern.
    async ({}, use) => {
      // Tests compare with what the server has kept, also of large messages.
      const demo = await startDemo({ log: { maxBytes: 512 << 20 } });
      await use(demo);
      await demo.close();
    },
    { scope: 'worker' },
  ],

  driver: [
    async ({ engine }, use) => {
      await use(engine === 'firefox' ? firefoxDriver : chromiumDriver);
    },
    { scope: 'worker' },
  ],

  extension: [
    async ({ engine }, use) => {
      await use(builtExtension(engine));
    },
    { scope: 'worker' },
  ],

  launch: [{}, { option: true }],
  allowedProblems: [[], { option: true }],

  session: async ({ driver, extension, launch, allowedProblems }, use, testInfo) => {
    const session = await driver.launch({ extension, ...launch });
    try {
      await use(session);
      if (testInfo.status !== testInfo.expectedStatus) {
        for (const devtools of session.openedDevtools()) await attachScreenshot(devtools, testInfo);
      }
      const allowed = [...allowedProblems, ...UNAVOIDABLE];
      const unexpected = (await session.problems()).filter(({ text }) => !allowed.some((one) => one.test(text)));
      expect(unexpected, 'errors of the extension').toEqual([]);
    } finally {
      await session.close();
    }
  },

  tab: async ({ session, demo }, use) => {
    await use(await session.openPage(`${demo.url}/blank`));
  },

  devtools: async ({ session, tab }, use) => {
    await use(await session.openDevtools(tab));
  },

  panel: async ({ devtools }, use) => {
    await use(await devtools.showPanel());
  },
});

/** Leaves a picture of DevTools with the failure; where none can be taken, says why, as the failure itself matters more. */
async function attachScreenshot(devtools: DevtoolsSession, testInfo: TestInfo): Promise<void> {
  const path = testInfo.outputPath(`devtools-${testInfo.attachments.length}.png`);
  try {
    await devtools.screenshot(path);
    await testInfo.attach('devtools', { path, contentType: 'image/png' });
  } catch (error) {
    await testInfo.attach('no picture of DevTools', { body: String(error), contentType: 'text/plain' });
  }
}

/** The folder that the build of the extension is in; throws, saying what to do, where it was not built. */
function builtExtension(engine: BrowserName): string {
  const folder = join(import.meta.dirname, '../../dist', engine);
  if (existsSync(join(folder, 'manifest.json'))) return folder;
  throw new Error(`The extension is not built: no dist/${engine}/manifest.json. Run: npm run build`);
}
