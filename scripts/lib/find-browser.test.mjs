import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPlaces, isBrandedChrome } from './browser-places.mjs';
import { findChromium, findFirefox } from './find-browser.mjs';

let home;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'framescope-places-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** A program below the home that answers `--version`. */
function program(path, version = 'Chromium 156.0.1.2') {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, version === undefined ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho "${version}"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A machine that knows only what is below the home; the system's own places come after. */
const machine = (env = {}) => ({ platform: 'linux', env: { PATH: join(home, 'bin'), ...env }, home });

describe('findChromium', () => {
  it('takes FRAMESCOPE_CHROMIUM before all else', () => {
    program('bin/chromium');
    const mine = program('mine/chrome');
    expect(findChromium(machine({ FRAMESCOPE_CHROMIUM: mine, CHROME_PATH: program('other') }))).toBe(mine);
  });

  it('refuses a FRAMESCOPE_CHROMIUM that is none, or is branded Chrome', () => {
    expect(() => findChromium(machine({ FRAMESCOPE_CHROMIUM: '/nowhere' }))).toThrow(
      '/nowhere, which is not a program',
    );
    const branded = program('opt/google/chrome/google-chrome', 'Google Chrome 150.0.0.0');
    expect(() => findChromium(machine({ FRAMESCOPE_CHROMIUM: branded }))).toThrow('no longer loads');
  });

  it('takes CHROME_PATH next, but not branded Chrome, by name, by link or by what it says', () => {
    const chromium = program('bin/chromium');
    expect(findChromium(machine({ CHROME_PATH: program('cft/chrome', 'Google Chrome for Testing 150.0.0.0') }))).toBe(
      join(home, 'cft/chrome'),
    );
    const branded = program('opt/google/chrome/chrome', 'Google Chrome 150.0.0.0');
    symlinkSync(branded, join(home, 'link'));
    const quiet = program('quiet/chrome', 'Google Chrome 150.0.0.0');
    for (const path of [branded, join(home, 'link'), quiet]) {
      expect(findChromium(machine({ CHROME_PATH: path }))).toBe(chromium);
    }
  });

  it('passes over scripts that only say how to install it', () => {
    const stub = program('bin/chromium');
    writeFileSync(stub, '#!/bin/sh\necho "please install it" >&2\nexit 1\n');
    const real = program('bin/chromium-browser');
    expect(findChromium(machine())).toBe(real);
  });
});

it('findFirefox takes FRAMESCOPE_FIREFOX, then the extended support release', () => {
  const esr = program('bin/firefox-esr', 'Mozilla Firefox 153.0esr');
  program('bin/firefox', 'Mozilla Firefox 160.0');
  expect(findFirefox(machine())).toBe(esr);
  const mine = program('mine/firefox', 'Mozilla Firefox 155.0');
  expect(findFirefox(machine({ FRAMESCOPE_FIREFOX: mine }))).toBe(mine);
});

describe('chromiumPlaces', () => {
  const windows = { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
  it.each([
    ['linux', { PATH: '/a:/b' }, '/b/chromium'],
    ['linux', {}, '/snap/bin/chromium'],
    ['linux', {}, '/opt/microsoft/msedge/msedge'],
    ['linux', {}, '/home/a/.cache/ms-playwright/chromium-*/chrome-linux*/chrome'],
    ['darwin', {}, '/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['darwin', {}, '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'],
    ['darwin', {}, '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['win32', windows, 'C:\\Users\\a\\AppData\\Local\\Chromium\\Application\\chrome.exe'],
    ['win32', windows, 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
  ])('%s has %o %s', (platform, env, place) => {
    expect(chromiumPlaces({ platform, env, home: '/home/a' })).toContain(place);
  });

  it('has no branded Chrome on any system', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      const env = { PATH: '/usr/bin', ProgramFiles: 'C:\\Program Files', ...windows };
      expect(chromiumPlaces({ platform, env, home: '/home/a' }).filter(isBrandedChrome)).toEqual([]);
    }
  });
});

it.each([
  ['/usr/bin/google-chrome-stable', true],
  ['/opt/google/chrome/chrome', true],
  ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', true],
  ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', true],
  ['/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing', false],
  ['/usr/bin/google-chrome-for-testing', false],
  ['/home/a/.cache/puppeteer/chrome/linux-150/chrome-linux64/chrome', false],
  ['/usr/bin/chromium', false],
])('isBrandedChrome %s: %s', (path, branded) => {
  expect(isBrandedChrome(path)).toBe(branded);
});
