import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { BrowserProcess } from '../browser-process';
import type { Driver, LaunchOptions } from '../driver';
import { until } from '../poll';
import { findExecutable, profileFor } from '../profile';
import { Cdp } from './cdp';
import { ChromiumSession } from './chromium-session';
import { writePreferences } from './preferences';

/** Chromium, started here and driven over its DevTools protocol. */
export const chromiumDriver: Driver & { launch(options: LaunchOptions): Promise<ChromiumSession> } = {
  name: 'chromium',

  async launch(options) {
    const executable = findExecutable('FRAMESCOPE_CHROMIUM', executables);
    const devtoolsPath = options.extension === null ? null : devtoolsPageOf(options.extension);
    const profile = profileFor(options.profileDir);
    writePreferences(profile.dir, options);
    // What a killed browser left would make the next one hand over to a process that is gone.
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
      rmSync(join(profile.dir, name), { force: true });

    const env = { TMPDIR: profile.scratch, ...options.env, ...(options.locale ? { LANGUAGE: options.locale } : {}) };
    const browser = new BrowserProcess(executable, commandLine(profile.dir, options), { pipes: 2, env });
    try {
      const endpoint = await until(
        'the DevTools address of Chromium',
        () => {
          if (browser.child.exitCode !== null) throw new Error(`Chromium ended at once:\n${browser.output}`);
          return /DevTools listening on (ws:\S+)/.exec(browser.output)?.[1];
        },
        30_000,
      );
      const cdp = new Cdp(browser.child.stdio[3] as Writable, browser.child.stdio[4] as Readable);
      const session = await ChromiumSession.start({ browser, cdp, endpoint, profile, devtoolsPath });
      if (options.allowPrivate) await session.allowPrivate();
      return session;
    } catch (error) {
      await browser.kill();
      profile.dispose();
      throw error;
    }
  },
};

const executables = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function commandLine(profileDir: string, options: LaunchOptions): string[] {
  const { width, height } = options.windowSize ?? { width: 1280, height: 800 };
  return [
    ...(options.headless === false ? [] : ['--headless=new']),
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-crash-restore-bubble',
    '--password-store=basic',
    `--window-size=${width},${height}`,
    ...(options.extension === null
      ? ['--disable-extensions']
      : [`--disable-extensions-except=${options.extension}`, `--load-extension=${options.extension}`]),
    ...(options.locale ? [`--lang=${options.locale}`] : []),
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
    `--user-data-dir=${profileDir}`,
    ...(options.args ?? []),
    'about:blank',
  ];
}

/** The path of the devtools page in the manifest of an unpacked extension. */
function devtoolsPageOf(extension: string): string {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as { devtools_page?: string };
  if (manifest.devtools_page === undefined) throw new Error(`${extension} has no devtools page`);
  return manifest.devtools_page;
}
