import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnOwned, temporaryFolder } from './cleanup.mjs';

const PATIENCE_MS = 30_000;
const DEVTOOLS_SIZE = { width: 1280, height: 800 };

/** Asks until there is an answer; throws what it waited for after a while, or what `broken` says meanwhile. */
async function until(what, ask, broken = () => undefined) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const reason = broken();
    if (reason) throw new Error(reason);
    if (Date.now() > end) throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain for ${what}.`);
    await delay(50);
  }
}

/** A snap sees neither /tmp nor hidden folders of the home. */
function profileParent(executable) {
  return executable.startsWith('/snap/') ? join(homedir(), 'snap', 'chromium', 'common') : tmpdir();
}

/** A fresh profile in which DevTools opens in a window of its own: a docked one is too narrow to show the tab. */
export function makeProfile(executable) {
  const profile = temporaryFolder(profileParent(executable), 'framescope-chromium');
  const placement = {
    left: 40,
    top: 40,
    right: DEVTOOLS_SIZE.width + 40,
    bottom: DEVTOOLS_SIZE.height + 40,
    maximized: false,
  };
  const preferences = {
    devtools: { preferences: { currentDockState: '"undocked"' } },
    browser: { app_window_placement: { DevToolsApp: placement } },
  };
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  return profile;
}

function commandLine(profile, extension, headless) {
  const root = process.platform === 'linux' && process.getuid() === 0;
  return [
    ...(headless ? ['--headless=new', '--window-size=1280,900'] : []),
    // Chromium refuses to start as root with its sandbox.
    ...(root ? ['--no-sandbox'] : []),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--password-store=basic',
    '--hide-crash-restore-bubble',
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    '--auto-open-devtools-for-tabs',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ];
}

function portOf(profile) {
  try {
    const port = Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
    return port > 0 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Until DevTools' own target is of the type `page`, a connection would never list it. */
async function hasDevtools(port) {
  try {
    const targets = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
    return targets.some(({ type, url }) => type === 'page' && url.includes('devtools_app.html')) || undefined;
  } catch {
    return undefined;
  }
}

/** The one page of a connection that `fits`; waits for it. */
const pageOf = (browser, what, fits) =>
  until(what, () =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find(fits),
  );

/**
 * Starts Chromium with the extension on an empty page, DevTools open beside it.
 *
 * @param {{executable: string, extension: string, headless: boolean, profile?: string}} options `profile`: of
 * `makeProfile`, to use it more than once
 * @returns `child`, its process; `kill`, which ends it; and `connect`, which gives a Playwright connection to it
 */
export async function openChromium({ executable, extension, headless, profile = makeProfile(executable) }) {
  // What an earlier run on this profile left would be taken for this one's.
  for (const name of ['DevToolsActivePort', 'SingletonLock']) rmSync(join(profile, name), { force: true });
  const { child, kill } = spawnOwned(executable, commandLine(profile, extension, headless));
  let output = '';
  let gone;
  child.stderr.on('data', (data) => {
    output = (output + data).slice(-8000);
  });
  child.once('error', (error) => {
    gone = `${executable} did not start: ${error.message}`;
  });
  child.once('exit', (code) => {
    gone = `${executable} ended at once (${code}):\n${output}`;
  });
  const port = await until(
    'the browser',
    () => portOf(profile),
    () => gone,
  );
  return { child, kill, connect: () => connect(port, () => gone) };
}

/** Waits for DevTools and connects: gives the inspected `page`, the `devtools` page, and `disconnect`. */
async function connect(port, broken) {
  await until('DevTools', () => hasDevtools(port), broken);
  const { chromium } = await import('playwright');
  // noDefaults: downloads, focus and media stay the user's own.
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const devtools = await pageOf(browser, 'DevTools', (one) => one.url().includes('devtools_app.html'));
  const page = await pageOf(browser, 'the page', (one) => !one.url().startsWith('devtools://'));
  return { page, devtools, disconnect: () => browser.close() };
}

/** Selects the extension's tab in DevTools and gives its frame. */
export async function selectPanel(devtools) {
  const isPanel = (frame) => frame.url().startsWith('chrome-extension://') && frame.url().includes('panel');
  await devtools.getByRole('tab', { name: 'Framescope', exact: true }).click({ timeout: PATIENCE_MS });
  return until('the panel', () => devtools.frames().find(isPanel));
}
