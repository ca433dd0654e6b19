import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanUpAtEnd, temporaryFolder } from './cleanup.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { NO_CHROMIUM, NO_FIREFOX, provideChromium, provideFirefox } from './install-browser.mjs';
import { root, runNode } from './run.mjs';
import { countPlaywright, countRun, countVitest, sum } from './test-counts.mjs';
import { testOptions } from './test-options.mjs';

const tool = (path) => join(root, 'node_modules', path);
const KNIP_CONFIGS = ['knip.json', 'knip.jsonc', 'knip.ts', 'knip.config.ts'];

const STATIC_STEPS = [
  ['Types', tool('typescript/bin/tsc'), ['--noEmit']],
  ['Lint and format', tool('@biomejs/biome/bin/biome'), ['check', '.']],
  ['Import rules', join(root, 'scripts/imports.mjs'), []],
  ['Dead code', tool('knip/bin/knip.js'), []],
];

/** Warnings fail it too. */
const WEB_EXT_LINT = ['lint', '--source-dir', join(root, 'dist/firefox'), '--warnings-as-errors', '--no-input'];

const heading = (text) => console.log(`\n=== ${text} ===`);
const passed = { passed: 1, failed: 0 };
const failed = { passed: 0, failed: 1 };

async function step(name, script, args) {
  heading(name);
  const code = await runNode(script, args);
  if (code !== 0) console.error(`${name}: failed (exit code ${code})`);
  return code === 0 ? passed : failed;
}

/** Runs a test runner that writes a JSON report, and counts. */
async function runner(name, script, args, env, reportFile, count) {
  heading(name);
  const code = await runNode(script, args, { env });
  try {
    return countRun(count(JSON.parse(readFileSync(reportFile, 'utf8'))), code);
  } catch (error) {
    console.error(`${name}: no report (${error.message})`);
    return failed;
  }
}

function unitTests(folder, rest) {
  const report = join(folder, 'unit.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...rest];
  return runner('Unit tests', tool('vitest/vitest.mjs'), args, {}, report, countVitest);
}

async function browserTests(folder, rest) {
  heading('Browsers');
  const chromium = await provideChromium();
  const firefox = await provideFirefox();
  console.log(`Chromium: ${chromium ?? 'none'}\nFirefox: ${firefox ?? 'none'}`);
  if (!chromium) {
    console.error(NO_CHROMIUM);
    return failed;
  }
  if (!firefox) console.error(NO_FIREFOX);
  const report = join(folder, 'e2e.json');
  const env = {
    FRAMESCOPE_CHROMIUM: chromium,
    ...(firefox ? { FRAMESCOPE_FIREFOX: firefox } : {}),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const args = ['test', '--reporter=list,json', ...rest];
  return runner('Tests in browsers', tool('@playwright/test/cli.js'), args, env, report, countPlaywright);
}

/** `npm test`. Sets the process's exit code. */
export async function test(args) {
  const { parts, rest } = testOptions(args);
  cleanUpAtEnd();
  const folder = temporaryFolder(tmpdir(), 'framescope-test');
  const counts = [];
  heading('Dependencies');
  await ensureDependencies();
  console.log('installed as locked');
  if (parts.has('static')) {
    for (const [name, script, options] of STATIC_STEPS) {
      if (name === 'Dead code' && !KNIP_CONFIGS.some((file) => existsSync(join(root, file)))) continue;
      counts.push(await step(name, script, options));
    }
  }
  if (parts.has('unit')) counts.push(await unitTests(folder, rest));
  if (parts.has('e2e')) {
    const build = await step('Build', join(root, 'scripts/build.mjs'), []);
    counts.push(build);
    if (build.failed === 0)
      counts.push(await step('Lint of the Firefox extension', tool('web-ext/bin/web-ext.js'), WEB_EXT_LINT));
    if (build.failed > 0) {
      console.error('Tests in browsers: not run, because there is nothing built to test.');
      counts.push(failed);
    } else counts.push(await browserTests(folder, rest));
  }
  const total = sum(counts);
  if (total.failed > 0) process.exitCode = 1;
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
}
