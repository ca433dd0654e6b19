import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, findFirefox } from './find-browser.mjs';
import { root, run, runNode } from './run.mjs';

/** Whether packages can be installed here: Debian, Ubuntu and their kin, as root. */
const canInstallPackages = () =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/usr/bin/apt-get') &&
  existsSync('/etc/debian_version');

async function aptInstall(name) {
  console.log(`Installing the package ${name}…`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  return (await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env })) === 0;
}

/** Playwright's own Chromium, downloaded where it is not there yet; undefined where that fails. */
async function playwrightChromium() {
  console.log("Downloading Playwright's Chromium…");
  const cli = join(root, 'node_modules/playwright/cli.js');
  if ((await runNode(cli, ['install', '--no-shell', 'chromium'])) !== 0) return undefined;
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

export const NO_CHROMIUM =
  'No browser found that can load the extension. Install Chromium (Debian, Ubuntu: apt install chromium; Fedora: dnf\n' +
  'install chromium; macOS: brew install --cask chromium), Chrome for Testing, or Microsoft Edge, or name one:\n' +
  '  FRAMESCOPE_CHROMIUM=/path/to/chromium npm start\n' +
  'Google Chrome itself will not do: it no longer loads unpacked extensions from the command line.';

export const NO_FIREFOX =
  'No Firefox found. Install Firefox 140 or later (Debian: apt install firefox-esr), or name one:\n' +
  '  FRAMESCOPE_FIREFOX=/path/to/firefox npm start -- --browser firefox';

/**
 * The Chromium of this machine; installs one where there is none, by a download only where `CI` is not set. Undefined
 * where that fails: say `NO_CHROMIUM`.
 */
export async function provideChromium() {
  const found = findChromium();
  if (found) return found;
  const packaged = canInstallPackages() && (await aptInstall('chromium')) ? findChromium() : undefined;
  return packaged ?? (process.env.CI ? undefined : playwrightChromium());
}

/** The Firefox of this machine; installs the packaged one where there is none. Undefined where that fails. */
export async function provideFirefox() {
  const found = findFirefox();
  if (found) return found;
  return canInstallPackages() && (await aptInstall('firefox-esr')) ? findFirefox() : undefined;
}
