import { expect, test } from '../src/testing/fixtures';
import { unlisted } from './conformance/exceptions';
import { startSuiteServer } from './conformance/server';
import { differences, type Observed, runSuite } from './conformance/suite';

/** One row a file: how many subtests, and how many saw something else with Framescope than without. */
function table(without: Observed, arms: [name: string, observed: Observed][]): string {
  const rows = [...without].map(([file, subtests]) => {
    const differing = arms.map(
      ([, observed]) =>
        differences(new Map([[file, subtests]]), new Map([[file, observed.get(file) ?? new Map()]])).length,
    );
    return `${file.padEnd(14)}${String(subtests.size).padStart(9)}${differing.map((count) => String(count).padStart(18)).join('')}`;
  });
  const head = `${'file'.padEnd(14)}${'subtests'.padStart(9)}${arms.map(([name]) => name.padStart(18)).join('')}`;
  const subtests = [...without.values()].reduce((sum, { size }) => sum + size, 0);
  const all = arms.map(([, observed]) => String(differences(without, observed).length).padStart(18)).join('');
  return [head, ...rows, `${'all'.padEnd(14)}${String(subtests).padStart(9)}${all}`].join('\n');
}

// The table of `npx playwright test tests/conformance.spec.ts`.
test('the page sees the same with Framescope as without, but for what is listed, DevTools closed and open', async ({
  driver,
  extension,
}) => {
  test.setTimeout(480_000);
  const server = await startSuiteServer();
  try {
    const without = await runSuite(driver, server, { extension: null, devtools: false });
    const closed = await runSuite(driver, server, { extension, devtools: false });
    const open = await runSuite(driver, server, { extension, devtools: true });
    console.log(
      table(without, [
        ['differ, closed', closed],
        ['differ, open', open],
      ]),
    );
    const found = [...differences(without, closed), ...differences(without, open)];
    // What cannot be hidden is listed, with why, in docs/invisibility.md.
    expect(unlisted(driver.name, found)).toEqual([]);
  } finally {
    await server.close();
  }
});
