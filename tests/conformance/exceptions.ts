import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserName } from '../../src/testing/driver';
import type { Difference } from './suite';

interface Exception {
  browser: string;
  file: string;
  subtests: RegExp;
}

/** What cannot be hidden, as the table of docs/invisibility.md has it: a browser, a file, a pattern of subtests, why. */
function exceptions(): Exception[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs/invisibility.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| `([\w-]+)` \| `(.+?)` \| .+ \|$/gm)];
  if (rows.length === 0) throw new Error('docs/invisibility.md has no table');
  return rows.map(([, browser, file, subtests]) => ({
    browser,
    file,
    subtests: new RegExp(subtests.replaceAll('\\|', '|')),
  }));
}

/** The differences that docs/invisibility.md does not list. */
export function unlisted(browser: BrowserName, found: Difference[]): Difference[] {
  const listed = exceptions().filter((one) => one.browser === browser);
  return found.filter(({ file, subtest }) => !listed.some((one) => one.file === file && one.subtests.test(subtest)));
}
