import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { importFile } from '../src/testing/import-file';
import { sessionFile } from '../src/testing/session-file';
import { whenRows } from '../src/testing/when-rows';

test.use({ launch: { env: { TZ: 'UTC' } } });

/** What is said of the frame whose row has this in it, once it is selected. */
async function whenFacts(panel: Panel, text: string, facts: string[]): Promise<void> {
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: text }).first().click();
  const summary = panel.getByRole('region', { name: 'Frame', exact: true }).locator('.summary');
  await expect.poll(async () => (await summary.locator('span').allTextContents()).slice(0, 4)).toEqual(facts);
}

test('a frame is told by its size, its time to the microsecond and the time since the one before @both', async ({
  panel,
}) => {
  const frames = [
    { at: 100.125, connection: 1, text: 'né' },
    { at: 110, connection: 2, text: 'of another' },
    { at: 112.625, connection: 1, text: `long ${'x'.repeat(1229)}` },
    { at: 61_112.75, connection: 1, text: 'late' },
  ];
  const file = sessionFile(
    [
      { id: 1, url: 'wss://a.test/one', opened: 0 },
      { id: 2, url: 'wss://a.test/two', opened: 110 },
    ],
    frames.map((frame, at) => ({ ...frame, direction: at === 0 ? 'sent' : 'received' })),
  );
  await importFile(panel, 'facts.ndjson', file);
  await whenRows(panel, 6);
  const since = 'since the previous of its connection';
  await whenFacts(panel, 'né', ['Sent text', '3 bytes', '2026-11-21 09:30:00.100125', `+100 ms ${since}`]);
  await whenFacts(panel, 'long', [
    'Received text',
    '1.2 kB (1,234 bytes)',
    '2026-11-21 09:30:00.112625',
    `+12.5 ms ${since}`,
  ]);
  await whenFacts(panel, 'late', ['Received text', '4 bytes', '2026-11-21 09:31:01.112750', `+1 min 1 s ${since}`]);
});
