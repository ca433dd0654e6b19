/** `npm run screenshots`: builds, then takes the pictures of docs/images with the demo, in Chromium. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
await ensureDependencies();
for (const args of [
  [join(root, 'scripts/build.mjs'), 'chromium'],
  ['--import', 'tsx', join(root, 'scripts/lib/take-screenshots.ts')],
]) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
