import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Name of the panel's tab. */
export const EMPTY = 'Empty';

/** Writes an extension whose panel shows one row and does nothing: what any panel costs. Runs `work` with its folder. */
export async function withEmptyExtension(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'framescope-empty-'));
  try {
    mkdirSync(folder, { recursive: true });
    const manifest = { manifest_version: 3, name: EMPTY, version: '1', devtools_page: 'devtools.html' };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'devtools.html'), '<!doctype html><script src="devtools.js"></script>');
    writeFileSync(join(folder, 'devtools.js'), `chrome.devtools.panels.create('${EMPTY}', '', 'panel.html');`);
    writeFileSync(
      join(folder, 'panel.html'),
      '<!doctype html><title>Empty</title><p class="row"><b class="col-data"><bdi>row</bdi></b>',
    );
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
