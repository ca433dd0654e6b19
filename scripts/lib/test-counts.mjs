/**
 * Tests passed and failed by a JSON report. A skipped test counts as failed: the suite has none, so something kept it
 * from running.
 *
 * @typedef {{passed: number, failed: number}} Count
 */

/** @returns {Count} of Vitest's JSON report; a file that could not be loaded is one failure */
export function countVitest(report) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const passed = report.numPassedTests;
  return { passed, failed: report.numTotalTests - passed + broken.length };
}

/** @returns {Count} of Playwright's JSON report; errors outside of tests are failures */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + skipped + report.errors.length };
}

/** The sum; a runner that ended badly without naming a failure is one failure. */
export function countRun(count, exitCode) {
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

export const sum = (counts) =>
  counts.reduce((one, other) => ({ passed: one.passed + other.passed, failed: one.failed + other.failed }), {
    passed: 0,
    failed: 0,
  });
