import { encode } from '@msgpack/msgpack';
import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { drawnCells, filterTo, whenSaid } from '../src/testing/frame-rows';
import { importFile } from '../src/testing/import-file';
import { converse } from '../src/testing/page-sockets';
import { sessionFile } from '../src/testing/session-file';
import { whenRows } from '../src/testing/when-rows';

const boxOf = (panel: Panel) => panel.getByRole('searchbox', { name: 'Filter frames' });
const problemsOf = (panel: Panel) => panel.locator('#filter-problems');

/** What is painted as matched, in the order of the document. */
const highlighted = (panel: Panel) =>
  panel.evaluate(() =>
    [...(CSS.highlights.get('framescope-match') ?? [])].map(({ startContainer, startOffset, endOffset }) =>
      startContainer.textContent?.slice(startOffset, endOffset),
    ),
  );

test('matches are highlighted; a mistake is underlined and explained, and the rest still filters @both', async ({
  panel,
  tab,
  demo,
}) => {
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['red Apple', 'green pear'] });
  await whenRows(panel, 5);
  await filterTo(panel, 'apple', ['red Apple', 'red Apple']);
  await expect.poll(() => highlighted(panel)).toEqual(['Apple', 'Apple']);
  expect(await problemsOf(panel).count()).toBe(0);
  await filterTo(panel, 'pear is:markd', ['green pear', 'green pear']);
  await expect.poll(() => problemsOf(panel).locator('u').allTextContents()).toEqual(['is:markd']);
  expect(await problemsOf(panel).textContent()).toContain('Did you mean is:marked?');
  expect(await boxOf(panel).getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => highlighted(panel)).toEqual(['pear', 'pear']);
  await boxOf(panel).fill('');
  await whenRows(panel, 5);
  await expect.poll(() => highlighted(panel)).toEqual([]);
  await problemsOf(panel).waitFor({ state: 'detached' });
});

test('text within binary MessagePack is found by its words and by its path', async ({ panel, tab, demo }) => {
  const payloads = [
    { fruit: 'papaya', cents: 45_678 },
    { fruit: 'quince', cents: 12_345 },
  ].map((item) => [...encode({ basket: item, note: 'kept as “ripe”' })]);
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: payloads });
  await whenRows(panel, 5);
  const papaya = [/papaya/, /papaya/];
  const quince = [/quince/, /quince/];
  await filterTo(panel, 'PAPAYA', papaya);
  await filterTo(panel, 'fruit quince', quince);
  await filterTo(panel, '“ripe” -quince', papaya);
  await filterTo(panel, '$.basket.fruit:"quince" kind:binary', quince);
  // Its digits are in the words of the decoder only.
  await filterTo(panel, '45678', papaya);
  await filterTo(panel, '$.basket.cents:<20000', quince);
});

test('a regex that does not end is stopped and named, and the panel goes on @both', async ({ panel, tab, demo }) => {
  const long = `${'a'.repeat(60)}b`;
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: [long, 'pear', 'aaa'] });
  await whenRows(panel, 7);
  await boxOf(panel).fill('/^(a+)+$/');
  await expect
    .poll(() => problemsOf(panel).allTextContents())
    .toEqual([expect.stringMatching(/\/\^\(a\+\)\+\$\/.*too long/)]);
  // Others are answered as ever, also by regex, also with the same text in the log.
  await filterTo(panel, 'pear', ['pear', 'pear']);
  await problemsOf(panel).waitFor({ state: 'detached' });
  await filterTo(panel, '/^a+$/', ['aaa', 'aaa']);
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: 'aaa' }).first().click();
  await panel.getByRole('region', { name: 'Frame', exact: true }).getByRole('tab', { name: 'Decoded' }).waitFor();
});

test('what was replayed is found by is:sent-by-me', async ({ panel, tab, demo }) => {
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['once more', 'other'] });
  await whenRows(panel, 5);
  await filterTo(panel, 'is:sent-by-me', []);
  await filterTo(panel, '', [/.*/, 'once more', 'other', 'once more', 'other']);
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: 'once more' }).first().click();
  await panel.getByRole('button', { name: 'Replay', exact: true }).click();
  await whenRows(panel, 7);
  await filterTo(panel, 'is:sent-by-me', ['once more']);
  expect(await drawnCells(panel, 'direction')).toEqual(['Sent by you']);
  await filterTo(panel, 'dir:sent -is:sent-by-me', ['once more', 'other']);
});

test.describe('in a session of known times', () => {
  test.use({ launch: { env: { TZ: 'UTC' } } });

  test('code:, time: and gap: show what they say', async ({ panel }) => {
    const texts = [
      { at: 100, connection: 1, text: 'first' },
      { at: 600, connection: 1, text: 'second' },
      { at: 1000, connection: 2, text: 'other' },
      { at: 2000, connection: 1, text: 'third' },
    ];
    const file = sessionFile(
      [
        { id: 1, url: 'wss://a.test/one', opened: 0, closed: { at: 3000, code: 1000 } },
        { id: 2, url: 'wss://a.test/two', opened: 50, closed: { at: 9000, code: 4001 } },
      ],
      texts.map((each) => ({ ...each, direction: 'received' })),
    );
    await importFile(panel, 'times.ndjson', file);
    await whenRows(panel, 8);
    await filterTo(panel, 'code:1000', [/1000/]);
    await filterTo(panel, 'code:4000..4999', [/4001/]);
    await filterTo(panel, 'code:1006', []);
    await filterTo(panel, 'time:500..1s', ['second', 'other']);
    await filterTo(panel, 'time:>=2s kind:text', ['third']);
    // By the clock: the session began at 09:30:00.
    await filterTo(panel, 'time:09:30:02', ['third']);
    await filterTo(panel, 'time:09:30:01..09:30:02', ['other', 'third']);
    await filterTo(panel, 'gap:>1s', ['third', /4001/]);
    // Of its own connection: only 400 ms passed since the frame above it.
    await filterTo(panel, 'gap:950', ['other']);
    await filterTo(panel, 'gap:<=100', ['first']);
  });
});

test('the help names every key, and an example of it filters', async ({ panel, tab, demo }) => {
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['said'] });
  await whenRows(panel, 3);
  await panel.getByRole('button', { name: 'Filter help' }).click();
  const help = panel.getByRole('dialog', { name: 'Filter help' });
  await help.waitFor();
  const words = (await help.textContent()) ?? '';
  for (const key of ['dir', 'kind', 'is', 'size', 'time', 'gap', 'latency', 'pair', 'topic', 'conn', 'url', 'code']) {
    expect(words).toContain(`${key}:`);
  }
  await help.getByRole('button', { name: 'dir:sent', exact: true }).click();
  await help.waitFor({ state: 'detached' });
  await whenSaid(panel, ['said']);
  expect(await boxOf(panel).inputValue()).toBe('dir:sent');
  expect(await drawnCells(panel, 'direction')).toEqual(['Sent']);
});
