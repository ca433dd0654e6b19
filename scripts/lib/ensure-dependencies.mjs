import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

/** Where npm writes down what it put into node_modules, when it is done. */
const INSTALLED = 'node_modules/.package-lock.json';

/**
 * The first package in which what is installed differs from the lock file, or undefined. Packages that npm leaves out on
 * this machine (optional ones, for other systems) are no difference.
 *
 * @param lock the parsed package-lock.json
 * @param installed the parsed node_modules/.package-lock.json, or undefined where there is none
 */
export function outdatedPackage(lock, installed) {
  for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
    if (path === '') continue;
    const found = installed?.packages?.[path];
    if (!found) {
      if (wanted.optional || wanted.devOptional || wanted.peer) continue;
      return path;
    }
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) return path;
  }
  return undefined;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Installs the locked dependencies where they are missing or not those of the lock file. Ends the process on failure. */
export async function ensureDependencies() {
  const lock = readJson('package-lock.json');
  if (!lock) {
    console.error('package-lock.json is missing or broken: restore it from the repository.');
    process.exit(1);
  }
  const installed = readJson(INSTALLED);
  const outdated = installed ? outdatedPackage(lock, installed) : 'node_modules';
  if (!outdated) return;
  console.log(installed ? `Dependencies changed (${outdated}), installing…` : 'Installing dependencies…');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund']);
  if (code === 0) return;
  console.error('Could not install the dependencies (npm ci failed). Are you online? See the messages above.');
  process.exit(1);
}
