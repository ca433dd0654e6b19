import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
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
  /** A tab on the demo page. */
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
const UNAVOIDABLE = [/^Promise (resolved|rejected) after context unloaded/];

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

  session: async ({ driver, extension, launch, allowedProblems }, use) => {
    const session = await driver.launch({ extension, ...launch });
    try {
      await use(session);
      const allowed = [...allowedProblems, ...UNAVOIDABLE];
      const unexpected = (await session.problems()).filter(({ text }) => !allowed.some((one) => one.test(text)));
      expect(unexpected, 'errors of the extension').toEqual([]);
    } finally {
      await session.close();
    }
  },

  tab: async ({ session, demo }, use) => {
    await use(await session.openPage(demo.url));
  },

  devtools: async ({ session, tab }, use, testInfo) => {
    const devtools = await session.openDevtools(tab);
    await use(devtools);
    if (testInfo.status !== testInfo.expectedStatus) {
      await devtools.screenshot().then(
        (body) => testInfo.attach('devtools', { body, contentType: 'image/png' }),
        (error: unknown) => testInfo.attach('no screenshot', { body: String(error), contentType: 'text/plain' }),
      );
    }
  },

  panel: async ({ devtools }, use) => {
    await use(await devtools.showPanel());
  },
});

/** The folder that the build of the extension is in; throws, saying what to do, where it was not built. */
export function builtExtension(engine: BrowserName): string {
  const folder = join(import.meta.dirname, '../../dist', engine);
  if (existsSync(join(folder, 'manifest.json'))) return folder;
  throw new Error(`The extension is not built: no dist/${engine}/manifest.json. Run: npm run build`);
}
