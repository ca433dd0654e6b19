import { defineConfig } from '@playwright/test';
import type { ProjectOptions } from './src/testing/fixtures';

export default defineConfig<object, ProjectOptions>({
  testDir: 'tests',
  outputDir: 'artifacts/e2e',
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try hides a fault of the product or of the test.
  retries: 0,
  // Each test runs a browser of several processes of its own.
  workers: 2,
  fullyParallel: true,
  // A test waits for states; how long a busy machine takes for them is not what it is about.
  timeout: 120_000,
  expect: { timeout: 25_000 },
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e.json' }]],
  projects: [
    { name: 'chromium', use: { engine: 'chromium' }, grepInvert: /@firefox/ },
    // Tests tagged `@both` use nothing but what `src/testing/driver.ts` offers in both browsers.
    { name: 'firefox', use: { engine: 'firefox' }, grep: /@both|@firefox/ },
  ],
});
