/**
 * `npm test`: types, lint, import rules, dead code, unit tests, build, tests in real browsers, in that order; goes on
 * after a failure and ends with `N passed, N failed`. `npm test -- --unit src/core` runs a part; see test-options.mjs.
 */
import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./lib/test.mjs')
  .then(({ test }) => test(process.argv.slice(2)))
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
