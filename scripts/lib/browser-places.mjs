import { posix, win32 } from 'node:path';

/**
 * Where Chromium, Chrome for Testing and Edge usually are, best first. A `*` stands for any one name, the newest first.
 * Branded Chrome is not among them: it no longer loads an extension from the command line.
 *
 * @param {{platform: string, env: Record<string, string | undefined>, home: string}} machine
 */
export function chromiumPlaces({ platform, env, home }) {
  if (platform === 'win32') return windowsPlaces(env);
  if (platform === 'darwin') return macPlaces(home);
  return [
    ...onPath(env, ['chromium', 'chromium-browser', 'google-chrome-for-testing', 'chrome-for-testing']),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
    `${home}/.cache/ms-playwright/chromium-*/chrome-linux*/chrome`,
    `${home}/.cache/puppeteer/chrome/*/chrome-linux64/chrome`,
    ...onPath(env, ['microsoft-edge', 'microsoft-edge-stable', 'microsoft-edge-dev']),
    '/opt/microsoft/msedge/msedge',
    '/usr/bin/microsoft-edge',
  ];
}

function macPlaces(home) {
  const apps = ['Chromium', 'Google Chrome for Testing', 'Microsoft Edge'];
  const inApps = (folder) => apps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`);
  const chromiums = (folder) => inApps(folder).slice(0, 2);
  const inner = 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing';
  return [
    ...chromiums('/Applications'),
    ...chromiums(`${home}/Applications`),
    '/opt/homebrew/bin/chromium',
    '/usr/local/bin/chromium',
    `${home}/Library/Caches/ms-playwright/chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium`,
    `${home}/Library/Caches/ms-playwright/chromium-*/chrome-mac*/${inner}`,
    `${home}/.cache/puppeteer/chrome/*/chrome-mac*/${inner}`,
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    `${home}/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
  ];
}

function windowsPlaces(env) {
  const programs = [env.LOCALAPPDATA, env.ProgramFiles, env['ProgramFiles(x86)']].filter(Boolean);
  const at = (...parts) => programs.map((folder) => win32.join(folder, ...parts));
  const caches = env.LOCALAPPDATA
    ? [win32.join(env.LOCALAPPDATA, 'ms-playwright', 'chromium-*', 'chrome-win*', 'chrome.exe')]
    : [];
  const puppeteer = env.USERPROFILE
    ? [win32.join(env.USERPROFILE, '.cache', 'puppeteer', 'chrome', '*', 'chrome-win64', 'chrome.exe')]
    : [];
  return [
    ...at('Chromium', 'Application', 'chrome.exe'),
    ...at('Google', 'Chrome for Testing', 'Application', 'chrome.exe'),
    ...caches,
    ...puppeteer,
    ...at('Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ];
}

/** Where Firefox usually is; the extended support release and the developer edition too. */
export function firefoxPlaces({ platform, env, home }) {
  if (platform === 'win32') {
    const programs = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean);
    const names = ['Mozilla Firefox', 'Firefox Developer Edition', 'Mozilla Firefox ESR'];
    return programs.flatMap((folder) => names.map((name) => win32.join(folder, name, 'firefox.exe')));
  }
  if (platform === 'darwin') {
    const apps = ['Firefox', 'Firefox Developer Edition', 'Firefox ESR'];
    return ['', home].flatMap((base) => apps.map((app) => `${base}/Applications/${app}.app/Contents/MacOS/firefox`));
  }
  return [
    ...onPath(env, ['firefox-esr', 'firefox', 'firefox-developer-edition']),
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/opt/firefox/firefox',
    '/usr/lib/firefox/firefox',
  ];
}

function onPath(env, names) {
  const folders = (env.PATH ?? '').split(':').filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

/** Whether that is a path of branded Chrome, which loads no extension from the command line. */
export function isBrandedChrome(path) {
  if (/for testing|chrome-for-testing|puppeteer|playwright/i.test(path)) return false;
  return /google-chrome|\/google\/chrome|Google Chrome( Beta| Dev| Canary)?\.app|Google\\Chrome( Beta| Dev| SxS)?\\/i.test(
    path,
  );
}
