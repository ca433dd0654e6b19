import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserProcess } from '../browser-process';
import type { Driver, LaunchOptions } from '../driver';
import { until } from '../poll';
import { findExecutable, type Profile, profileFor } from '../profile';
import { Bidi } from './bidi';
import { installChromeScript } from './chrome-calls';
import { readFirefoxManifest } from './firefox-manifest';
import { FirefoxSession } from './firefox-session';

/** Firefox, started here and driven over WebDriver BiDi, with its privileged scope for what belongs to DevTools. */
export const firefoxDriver: Driver & { launch(options: LaunchOptions): Promise<FirefoxSession> } = {
  name: 'firefox',

  async launch(options) {
    const executable = findExecutable('FRAMESCOPE_FIREFOX', executables);
    const manifest = options.extension === null ? null : readFirefoxManifest(options.extension);
    const profile = profileFor(options.profileDir);
    writePreferences(profile, manifest?.browser_specific_settings.gecko.id, options);
    const env = { TMPDIR: profile.scratch, ...options.env };
    const browser = new BrowserProcess(executable, commandLine(profile.dir, options), { pipes: 0, env });
    try {
      const address = await until(
        'the WebDriver BiDi address of Firefox',
        () => {
          if (browser.child.exitCode !== null) throw new Error(`Firefox ended at once:\n${browser.output}`);
          return /WebDriver BiDi listening on (ws:\S+)/.exec(browser.output)?.[1];
        },
        30_000,
      );
      const bidi = await Bidi.connect(address);
      const capabilities = { alwaysMatch: { unhandledPromptBehavior: { default: 'ignore' } } };
      const started = await bidi.send<{ capabilities: { browserVersion: string } }>('session.new', { capabilities });
      const chrome = await installChromeScript(bidi);
      if (options.extension !== null) {
        await bidi.send('webExtension.install', {
          extensionData: { type: 'path', path: options.extension },
          'moz:permanent': false,
          'moz:allowPrivateBrowsing': options.allowPrivate ?? false,
        });
      }
      const version = `Firefox/${started.capabilities.browserVersion}`;
      return new FirefoxSession({ browser, bidi, chrome, profile, version, manifest });
    } catch (error) {
      await browser.kill();
      profile.dispose();
      throw error;
    }
  },
};

const executables = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

function commandLine(profileDir: string, options: LaunchOptions): string[] {
  const { width, height } = options.windowSize ?? { width: 1280, height: 800 };
  return [
    ...(options.headless === false ? [] : ['--headless']),
    '--remote-debugging-port=0',
    '--remote-allow-system-access',
    '--no-remote',
    `--width=${width}`,
    `--height=${height}`,
    '-profile',
    profileDir,
    ...(options.args ?? []),
    'about:blank',
  ];
}

function writePreferences(profile: Profile, extensionId: string | undefined, options: LaunchOptions): void {
  const prefs: Record<string, unknown> = {
    'browser.download.dir': join(profile.scratch, 'downloads'),
    'browser.download.folderList': 2,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'browser.tabs.warnOnClose': false,
    // A window that is not in front has the focus too, as several browsers may run at once.
    'focusmanager.testmode': true,
    // A temporary extension leaves with the browser; what it stored and its address are to stay with the profile.
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
    ...(extensionId ? { 'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: fixedUuid }) } : {}),
    ...(options.theme ? { 'devtools.theme': options.theme } : {}),
    ...(options.locale ? { 'intl.locale.requested': options.locale, 'intl.accept_languages': options.locale } : {}),
    ...options.prefs,
  };
  const lines = Object.entries(prefs).map(
    ([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile.dir, 'user.js'), lines.join('\n'));
}

const fixedUuid = '5b3f0a52-6f0e-4a4e-9a53-b1d1c5e0f7a1';
