/** Builds the extension: `npm run build` for both browsers, `npm run build -- chromium` for one. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const targets = asked.length > 0 ? asked : ['chromium', 'firefox'];

for (const target of targets) {
  const vite = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, FRAMESCOPE_BROWSER: target },
    },
  );
  if (vite.status !== 0) process.exit(vite.status ?? 1);
  checkOutput(join(root, 'dist', target));
  console.log(`built dist/${target}`);
}

/** Refuses output that would break a page or the extension policy. */
function checkOutput(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const faults = [];
  if (manifest.web_accessible_resources)
    faults.push('the manifest has web_accessible_resources: pages could probe for the extension');
  for (const script of manifest.content_scripts.flatMap((entry) => entry.js)) {
    if (/\bimport\s*\(|^import\s/m.test(readFileSync(join(folder, script), 'utf8')))
      faults.push(`${script} loads other files: it would run too late`);
  }
  for (const file of files(folder).filter((name) => name.endsWith('.js'))) {
    const found = /\beval\(|new Function\b|[^.\w]Function\(/.exec(readFileSync(file, 'utf8'));
    if (found) faults.push(`${file} has "${found[0]}", which the extension policy refuses`);
  }
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    process.exit(1);
  }
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}
