/**
 * `npm run bench`: builds, then runs every bench/*.bench.ts, each in a process of its own and one after the other. Each
 * prints JSON lines `{"name", "value", "unit", "budget", "ok"}`, which are collected in artifacts/bench.jsonl. `npm run
 * bench -- capture` runs those whose name begins so; `--no-build` takes dist/ as it is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const words = process.argv.slice(2);
/** Those that take many minutes run only when they are asked for by name. */
const LONG = ['faults.bench.ts', 'soak.bench.ts'];
const only = words.filter((word) => !word.startsWith('-'));

await ensureDependencies();
if (!words.includes('--no-build')) {
  const build = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

const files = readdirSync(join(root, 'bench'))
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => (only.length === 0 ? !LONG.includes(name) : only.some((word) => name.startsWith(word))))
  .sort();
console.error(
  `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
const lines = [];
let failed = 0;
for (const name of files) {
  console.error(`\n${name}`);
  const start = performance.now();
  const code = await run(join('bench', name));
  // A later one that never ends must not take the figures of this one with it.
  save();
  console.error(`${name} took ${Math.round((performance.now() - start) / 1000)} s`);
  if (code === 0) continue;
  failed++;
  console.error(`${name} ended with ${code}`);
}
table();
if (failed > 0) process.exit(1);

/** Passes on what a benchmark prints, and keeps its figures. */
function run(path) {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', path], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) if (part.startsWith('{"name"')) lines.push(part);
    });
    child.on('exit', (code, signal) => done(code ?? signal));
  });
}

function save() {
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  writeFileSync(join(root, 'artifacts/bench.jsonl'), lines.map((line) => `${line}\n`).join(''));
}

function table() {
  console.error('');
  for (const { name, value, unit, budget, ok } of lines.map((line) => JSON.parse(line))) {
    const verdict = ok === null ? '' : ok ? 'ok' : 'MISSED';
    console.error(
      `${name.padEnd(34)} ${String(value).padStart(10)} ${unit.padEnd(6)} ${budget === null ? '' : `budget ${budget}`} ${verdict}`,
    );
  }
}
