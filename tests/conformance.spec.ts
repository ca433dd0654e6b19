import { expect, test } from '../src/testing/fixtures';
import { unlisted } from './conformance/exceptions';
import { startSuiteServer } from './conformance/server';
import { type Difference, differences, type Observed, runSuite } from './conformance/suite';

/** One row a file: how many subtests, and how many saw something else with Framescope than without. */
function table(observed: Observed, columns: Record<string, Difference[]>): string {
  const row = (file: string, subtests: number | string, cells: (number | string)[]) =>
    `${file.padEnd(14)}${String(subtests).padStart(9)}${cells.map((cell) => String(cell).padStart(18)).join('')}`;
  const found = Object.values(columns);
  const rows = [...observed].map(([file, { size }]) =>
    row(
      file,
      size,
      found.map((list) => list.filter((difference) => difference.file === file).length),
    ),
  );
  const subtests = [...observed.values()].reduce((sum, { size }) => sum + size, 0);
  return [
    row('file', 'subtests', Object.keys(columns)),
    ...rows,
    row(
      'all',
      subtests,
      found.map(({ length }) => length),
    ),
  ].join('\n');
}

// Prints the table: `npx playwright test tests/conformance.spec.ts`, for one browser with `--project=firefox`.
test('the page sees the same with Framescope as without, but for what is listed @both', async ({
  driver,
  extension,
}) => {
  test.setTimeout(480_000);
  const server = await startSuiteServer();
  try {
    const compare = async (devtools: boolean) => {
      const [without, withIt] = await Promise.all([
        runSuite(driver, server, { extension: null, devtools }),
        runSuite(driver, server, { extension, devtools }),
      ]);
      return { without, found: differences(without, withIt) };
    };
    const closed = await compare(false);
    const open = await compare(true);
    const columns = { 'differ, closed': closed.found, 'differ, open': open.found };
    console.log(`${driver.name}\n${table(closed.without, columns)}`);
    // A subtest that fails by itself compares nothing.
    const failed = [...closed.without].flatMap(([file, subtests]) =>
      [...subtests].filter(([, seen]) => seen.startsWith('FAILED')).map(([subtest]) => `${file}: ${subtest}`),
    );
    expect(failed).toEqual([]);
    // What cannot be hidden is listed, with why, in docs/invisibility.md.
    expect(unlisted(driver.name, [...closed.found, ...open.found])).toEqual([]);
  } finally {
    await server.close();
  }
});
