import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Panel } from './driver';
import { until } from './poll';

/** Writes the content to a file, chooses it in the panel's Import, and waits until it is shown or refused. */
export async function importFile(panel: Panel, name: string, content: string | Buffer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'framescope-import-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    await panel.chooseFiles(() => panel.getByRole('button', { name: 'Import', exact: true }).click(), [path]);
    // The browser reads the file when it is imported: it must be there until something came of it.
    await until('the import is over', async () => {
      const refused = await panel.locator('.notice[role="alert"]').count();
      const shown = await panel.getByRole('button', { name: 'Back to live' }).count();
      return refused + shown > 0 || undefined;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
