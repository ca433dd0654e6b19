import { expect, test } from '../src/testing/fixtures';
import { drawnCells, filterTo, whenSaid } from '../src/testing/frame-rows';
import { importFile } from '../src/testing/import-file';
import { type FileFrame, sessionFile } from '../src/testing/session-file';
import { whenRows } from '../src/testing/when-rows';

/** Milliseconds between the requests of a method and their replies, in their order; `null`: no reply. */
const LATENCIES = [10, 20, 30, 40, 200, null];

function exchanges(): FileFrame[] {
  return LATENCIES.flatMap((latency, n) => {
    const request = { jsonrpc: '2.0', id: n + 1, method: 'price.get', params: [n] };
    const reply = { jsonrpc: '2.0', id: n + 1, result: n };
    const frame = (at: number, direction: FileFrame['direction'], message: object): FileFrame => ({
      at,
      connection: 1,
      direction,
      text: JSON.stringify(message),
    });
    const sent = frame(1000 * (n + 1), 'sent', request);
    return latency === null ? [sent] : [sent, frame(1000 * (n + 1) + latency, 'received', reply)];
  });
}

test('pairs show the percentiles of their latencies; a request without a reply is flagged', async ({ panel }) => {
  const file = sessionFile(
    [{ id: 1, url: 'wss://a.test/rpc', opened: 0, closed: { at: 9000, code: 1000 } }],
    exchanges(),
  );
  await importFile(panel, 'rpc.ndjson', file);
  await whenRows(panel, 13);
  await panel.getByRole('button', { name: 'Insight', exact: true }).click();
  const insight = panel.getByRole('region', { name: 'Insight', exact: true });
  await insight.getByRole('tab', { name: 'Pairs' }).click();
  const grid = insight.getByRole('grid', { name: 'Pairs' });
  const row = grid.getByRole('row', { name: /price\.get/ });
  await row.waitFor();
  const cellsOf = (column: string) => row.locator(`.col-${column}`).allTextContents();
  // A request counts as unanswered until its reply was read.
  await expect.poll(async () => [await cellsOf('count'), await cellsOf('unanswered')].flat()).toEqual(['6', '1']);
  await expect.poll(() => insight.locator('.flagged').textContent()).toBe('1 unanswered');
  const [p50, p95, p99, longest] = await Promise.all(
    ['p50', 'p95', 'p99', 'longest'].map(async (column) =>
      Number(/^([\d.]+) ms$/.exec((await cellsOf(column))[0])?.[1]),
    ),
  );
  // Percentiles are told within a few hundredths of their value.
  expect(p50).toBeGreaterThan(28);
  expect(p50).toBeLessThan(32);
  expect(p95).toBeGreaterThan(40);
  expect(p99).toBeGreaterThanOrEqual(p95);
  expect(p99).toBeLessThanOrEqual(longest);
  expect(longest).toBe(200);

  await filterTo(panel, 'is:unanswered', [/^price\.get #6/]);
  await expect.poll(() => drawnCells(panel, 'latency')).toEqual(['no reply']);
  await filterTo(panel, 'latency:>=200', [/#5/, /#5/]);
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('');
  await whenRows(panel, 13);
  await row.click();
  await whenSaid(
    panel,
    LATENCIES.map((_, n) => new RegExp(`^price\\.get #${n + 1}`)),
  );
  expect(await panel.getByRole('searchbox', { name: 'Filter frames' }).inputValue()).toContain('price.get');
});
