import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What is left to undo, last in first out. */
const undo = [];
let ended = false;

/** Has `action` called when the process ends, whatever ends it. It must be quick and synchronous. */
export function onEnd(action) {
  undo.push(action);
}

/** Undoes everything, once. */
export function cleanUp() {
  if (ended) return;
  ended = true;
  for (const action of undo.reverse()) action();
}

/** Cleans up when the process ends: by itself, by an error, or by Ctrl+C, which counts as a good end. */
export function cleanUpAtEnd() {
  process.on('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));
}

/** A folder that is deleted at the end. */
export function temporaryFolder(parent, name) {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${name}-`));
  onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
  return folder;
}

/** Starts a program that is ended, with all its children, at the end. Gives the child and a function that ends it. */
export function spawnOwned(command, args, options = {}) {
  const windows = process.platform === 'win32';
  // A group of its own: a browser's helpers go with it, and Ctrl+C reaches it through us only.
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options, detached: !windows });
  const kill = () => {
    if (child.pid === undefined) return;
    if (windows) {
      if (child.exitCode === null) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
      return;
    }
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  onEnd(kill);
  return { child, kill };
}
