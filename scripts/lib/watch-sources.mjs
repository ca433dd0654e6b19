import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const WATCHED = ['src', 'public', 'manifest.json', 'vite.config.ts', 'package.json'];
/** Editors write a file in several steps. */
const SETTLE_MS = 150;

/** Whether a change of that file changes the build. */
const matters = (file) => !/\.test\.tsx?$|(^|[\\/])\.|~$/.test(file);

/** Calls `changed` after sources changed, once for a burst, and never while the call before is under way. */
export function watchSources(changed) {
  let timer;
  let running = false;
  let waiting;

  const run = async (file) => {
    running = true;
    waiting = undefined;
    try {
      await changed(file);
    } catch (error) {
      console.error(error.message);
    }
    running = false;
    if (waiting) run(waiting);
  };
  const note = (file) => {
    if (!matters(file)) return;
    waiting = file;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!running && waiting) run(waiting);
    }, SETTLE_MS);
  };
  for (const path of WATCHED.filter((name) => existsSync(join(root, name)))) {
    watch(join(root, path), { recursive: true }, (_event, name) => note(name ? `${path}/${name}` : path));
  }
}
