import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders of one browser. */
export interface Profile {
  readonly dir: string;
  /** For the browser's temporary files and downloads; always deleted by `dispose`. */
  readonly scratch: string;
  /** Whether the profile lies in `scratch`, to be deleted with it. */
  readonly temporary: boolean;
  dispose(): void;
}

/** Takes the profile folder asked for, which is kept, or makes one under the system's temporary folder. */
export function profileFor(dir: string | undefined): Profile {
  // Short, because sockets lie in it, and their paths may have 107 characters only.
  const scratch = mkdtempSync(join(tmpdir(), 'framescope-'));
  const profile = dir ?? join(scratch, 'profile');
  mkdirSync(profile, { recursive: true });
  // Helper processes of a browser may still write for a moment after it ended: rmSync tries again.
  const remove = () => rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  process.once('exit', remove);
  return {
    dir: profile,
    scratch,
    temporary: dir === undefined,
    dispose() {
      process.removeListener('exit', remove);
      remove();
    },
  };
}

/** The first path that exists, an environment variable coming first. Throws, naming what to set, where there is none. */
export function findExecutable(variable: string, candidates: string[]): string {
  const asked = process.env[variable];
  if (asked !== undefined && asked !== '') {
    if (existsSync(asked)) return asked;
    throw new Error(`${variable} names ${asked}, which does not exist`);
  }
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`No browser in ${candidates.join(', ')}: set ${variable} to its path`);
  return found;
}
