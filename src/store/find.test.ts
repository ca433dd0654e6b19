import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { FLAG } from '../core/model/frame';
import { LIMITS } from './limits';
import { type Devtools, Machine, Page } from './testing/harness';

let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  devtools = new Machine().start({ limits: { ...LIMITS, segmentBytes: 40, segmentRows: 5 } });
  await devtools.begin();
  page = new Page(devtools, 'a').socket(1).socket(2);
});

const words = ['apple', 'pear', 'plum', 'fig'];
const log = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(...words)), { minLength: 1, maxLength: 40 });

test('finds the next row in either direction, in any view', async () => {
  const view = fc.record({
    query: fc.constantFrom('', 'p', '-fig'),
    connections: fc.constantFrom<(number[] | null)[]>(null, [2]),
    column: fc.constantFrom('time' as const, 'length' as const),
    descending: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(log, view, fc.nat(40), fc.boolean(), async (frames, spec, start, backwards) => {
      await devtools.begin();
      for (const [connection, word] of frames) page.text(connection, word);
      await page.send();
      const { query, connections, column, descending } = spec;
      const rows = await devtools.rows({ query, connections, sort: { column, descending } });
      const from = start % (rows.length + 1);
      const found = await devtools.call('find', { view: 1, query: 'pl', from, backwards });
      const hits = rows.flatMap(({ data }, row) => (data.includes('pl') ? row : []));
      const expected = backwards
        ? hits.findLast((row) => row <= from && from < rows.length)
        : hits.find((row) => row >= from);
      expect(found.row).toBe(expected ?? -1);
    }),
    { numRuns: 60 },
  );
});

test('a query that is broken says so', async () => {
  await page.text(1, 'one').send();
  await devtools.settled();
  const found = await devtools.call('find', { view: 1, query: '/(/', from: 0, backwards: false });
  expect(found.problems).toHaveLength(1);
});

test('finds by pairs that nobody has looked for before', async () => {
  page.text(1, '{"jsonrpc":"2.0","id":1,"method":"a"}', FLAG.sent).text(1, '{"jsonrpc":"2.0","id":1,"result":5}');
  await page.text(1, '{"jsonrpc":"2.0","id":2,"method":"b"}', FLAG.sent).send();
  await devtools.settled();
  const find = async (query: string) =>
    (await devtools.call('find', { view: 1, query, from: 0, backwards: false })).row;
  expect(await find('is:unanswered')).toBe(2);
  expect(await find('latency:>=0')).toBe(0);
  expect(await find('latency:>1h')).toBe(-1);
});
