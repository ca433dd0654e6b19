/** `npm run package`: builds, and zips each build for its store into `artifacts/`. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageProblem } from './lib/package-problem.mjs';
import { root, runNode } from './lib/run.mjs';

/** The time of every file in the zip, so that the same build gives the same bytes. Zip knows no earlier year. */
const TIME = new Date(1980, 0, 1);

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The files of a folder as the zip takes them: path with slashes, to bytes. */
function filesOf(folder, prefix = '') {
  return Object.fromEntries(
    readdirSync(join(folder, prefix))
      .sort()
      .flatMap((name) => {
        const path = prefix + name;
        if (statSync(join(folder, path)).isDirectory()) return Object.entries(filesOf(folder, `${path}/`));
        return [[path, new Uint8Array(readFileSync(join(folder, path)))]];
      }),
  );
}

async function main() {
  const { zipSync } = await import('fflate');
  const { name, version } = readJson(join(root, 'package.json'));
  if ((await runNode(join(root, 'scripts/build.mjs'))) !== 0) throw new Error('The build failed; see above.');
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  for (const browser of ['chromium', 'firefox']) {
    const folder = join(root, 'dist', browser);
    const files = filesOf(folder);
    const problem = packageProblem(version, readJson(join(folder, 'manifest.json')), Object.keys(files));
    if (problem) throw new Error(`dist/${browser}: ${problem}`);
    const zip = zipSync(files, { level: 9, mtime: TIME });
    const file = `${name}-${version}-${browser}.zip`;
    writeFileSync(join(root, 'artifacts', file), zip);
    console.log(`artifacts/${file}: ${Object.keys(files).length} files, ${(zip.byteLength / 1024).toFixed(0)} KiB`);
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
