/** `npm run imports`: checks that imports go one way, by the rules of lib/imports/import-rules.mjs. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findCycle } from './lib/imports/find-cycle.mjs';
import { IMPORT_RULES } from './lib/imports/import-rules.mjs';
import { readImports } from './lib/imports/read-imports.mjs';
import { resolveImport } from './lib/imports/resolve-import.mjs';
import { root } from './lib/run.mjs';

const FOLDERS = ['src', 'demo', 'tests', 'bench', 'scripts'];
/** Plain modules that a browser loads from the demo server, some by its own addresses. */
const SERVED = 'demo/page/';

function sources(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|tsx|mts|js|mjs)$/.test(path) && !path.startsWith(SERVED));
}

const isFile = (path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile();
const isPackage = (name) =>
  existsSync(join(root, 'node_modules', name)) || existsSync(join(root, 'node_modules/@types', name));

const problems = [];
const graph = new Map();
let count = 0;
for (const from of FOLDERS.flatMap(sources)) {
  const targets = readImports(from, readFileSync(join(root, from), 'utf8')).map(({ specifier, typeOnly }) => ({
    ...resolveImport(from, specifier, isFile, isPackage),
    typeOnly,
  }));
  count += targets.length;
  for (const to of targets) {
    for (const rule of IMPORT_RULES.filter(({ breaks }) => breaks(from, to))) {
      problems.push(`${from} imports ${to.path}\n  ${rule.name}: ${rule.why}`);
    }
  }
  graph.set(
    from,
    targets.filter(({ kind, typeOnly }) => kind === 'file' && !typeOnly).map(({ path }) => path),
  );
}
const cycle = findCycle(graph);
if (cycle) problems.push(`modules import each other in a circle:\n  ${cycle.join('\n  ')}`);

for (const problem of problems) console.error(problem);
console.log(`${graph.size} modules, ${count} imports, ${problems.length} against the rules`);
process.exitCode = problems.length > 0 ? 1 : 0;
