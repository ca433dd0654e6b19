import { expect, it } from 'vitest';
import { countPlaywright, countRun, countVitest, sum } from './test-counts.mjs';

it('counts Vitest: skipped tests and broken files are failures', () => {
  const file = (status, count) => ({ status, assertionResults: Array(count).fill({}) });
  const report = {
    numTotalTests: 10,
    numPassedTests: 7,
    testResults: [file('passed', 7), file('failed', 3), file('failed', 0)],
  };
  expect(countVitest(report)).toEqual({ passed: 7, failed: 4 });
});

it('counts Playwright: skipped and flaky tests and errors are failures', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 7 });
});

it('takes a bad exit without a failure for one', () => {
  expect(countRun({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
  expect(countRun({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
  expect(countRun({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
});

it('sums', () => {
  expect(
    sum([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
  expect(sum([])).toEqual({ passed: 0, failed: 0 });
});
