/** What a page and a panel have to load: bytes after gzip. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { report } from './lib/report';

const dist = join(import.meta.dirname, '../dist/chromium');
const gzipped = (path: string) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;

report('bundle.page_kb', gzipped('src/page/page.iife.js') / 1024, 'KiB', { budget: 4 });
report('bundle.content_kb', gzipped('src/content/content.iife.js') / 1024, 'KiB');

/** The page and all it names at once: scripts, what they import statically, styles. Not what is imported when needed. */
function loadedFirst(page: string): string[] {
  const found = new Set([page]);
  for (const path of found) {
    const text = readFileSync(join(dist, path), 'utf8');
    const names = path.endsWith('.html')
      ? [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, name]) => name.replace(/^\//, ''))
      : [...text.matchAll(/(?:^|[;}\s])import\s*(?:[^'"()`;]*?from\s*)?["'`]([^"'`]+\.js)["'`]/g)].map(([, name]) =>
          join(path, '..', name),
        );
    for (const name of names) found.add(name.startsWith('..') || !name.includes('/') ? join(path, '..', name) : name);
  }
  return [...found];
}

const panel = loadedFirst('src/panel/panel.html');
report('bundle.panel_kb', panel.reduce((sum, path) => sum + gzipped(path), 0) / 1024, 'KiB', { budget: 60 });
