import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { chromiumPlaces, firefoxPlaces, isBrandedChrome } from './browser-places.mjs';

const thisMachine = () => ({ platform: process.platform, env: process.env, home: homedir() });

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const newestFirst = (one, other) => other.localeCompare(one, 'en', { numeric: true });

/** The paths that a pattern with `*` in it stands for. */
function expand(pattern) {
  const star = pattern.indexOf('*');
  if (star < 0) return [pattern];
  const separator = pattern.includes('\\') ? '\\' : '/';
  const from = pattern.lastIndexOf(separator, star) + 1;
  const to = pattern.indexOf(separator, star);
  const [before, after] = pattern.slice(from, to < 0 ? undefined : to).split('*');
  const rest = to < 0 ? '' : pattern.slice(to);
  let names = [];
  try {
    names = readdirSync(pattern.slice(0, from));
  } catch {
    return [];
  }
  const fitting = names.filter((name) => name.startsWith(before) && name.endsWith(after)).sort(newestFirst);
  return fitting.flatMap((name) => expand(pattern.slice(0, from) + name + rest));
}

/** A program that an environment variable names; throws where it names something that is none. */
function named(variable, env) {
  const path = env[variable];
  if (!path) return undefined;
  if (isProgram(path)) return path;
  throw new Error(`${variable} is set to ${path}, which is not a program. Correct or unset it.`);
}

/**
 * A Chromium, Chrome for Testing or Edge that can load an extension, or undefined. `FRAMESCOPE_CHROMIUM` comes first,
 * then `CHROME_PATH` unless it is branded Chrome.
 *
 * @throws where `FRAMESCOPE_CHROMIUM` names no program, or branded Chrome
 */
export function findChromium(machine = thisMachine()) {
  const asked = named('FRAMESCOPE_CHROMIUM', machine.env);
  if (asked && branded(asked)) {
    throw new Error(
      `FRAMESCOPE_CHROMIUM is ${asked}: Google Chrome no longer loads unpacked extensions from the command line. Name a Chromium, Chrome for Testing or Edge.`,
    );
  }
  if (asked) return asked;
  const places = [machine.env.CHROME_PATH, ...chromiumPlaces(machine)].filter(Boolean);
  return places.flatMap(expand).find((path) => isProgram(path) && !branded(path) && answers(path, machine.platform));
}

/** A Firefox, or undefined. `FRAMESCOPE_FIREFOX` comes first. */
export function findFirefox(machine = thisMachine()) {
  const works = (path) => isProgram(path) && answers(path, machine.platform);
  return named('FRAMESCOPE_FIREFOX', machine.env) ?? firefoxPlaces(machine).flatMap(expand).find(works);
}

function branded(path) {
  return isBrandedChrome(path) || isBrandedChrome(realpathSync(path));
}

/** Some distributions put a script in the browser's place that only says how to install it. */
function answers(path, platform) {
  const version = browserVersion(path);
  return platform === 'win32' || (version !== undefined && !/^Google Chrome (?!for Testing)/.test(version));
}

/** What the browser says of itself, e.g. `Chromium 156.0.8078.73`; undefined where asking would open a window. */
export function browserVersion(path) {
  if (process.platform === 'win32') return undefined;
  const { stdout, status } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout.trim().split('\n').at(-1) : undefined;
}
