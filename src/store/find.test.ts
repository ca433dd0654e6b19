import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { FLAG } from '../core/model/frame';
import { LIMITS } from './limits';
import type { ProbeRequest } from './probe-messages';
import type { ProbeWorker } from './prober';
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

test('a search that nobody waits for any more ends, and those asked for later go on', async () => {
  for (let i = 0; i < 1000; i++) page.text(1, `frame ${i}`);
  await page.text(1, 'the last').send();
  await devtools.settled();
  for (const query of ['last', '"the last" -is:unanswered']) {
    const search = { view: 1, query, from: 0, backwards: false };
    const given = devtools.call('find', search);
    await devtools.call('cancelFind', null);
    expect(await given).toEqual({ row: -1, problems: [], stopped: null });
    expect((await devtools.call('find', search)).row).toBe(1000);
  }
  const sorted = { sort: { column: 'length' as const, descending: true } };
  await devtools.settled(sorted);
  const none = devtools.call('find', { view: 1, query: 'nowhere', from: 0, backwards: false });
  await devtools.call('cancelFind', null);
  expect((await none).row).toBe(-1);
});

test('a regex that takes too long is named, and one that nobody waits for is not', async () => {
  const stuck = (): ProbeWorker => {
    const worker: ProbeWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
      postMessage({ id }: ProbeRequest) {
        const begun = new MessageEvent('message', { data: { type: 'begun', id } });
        queueMicrotask(() => worker.onmessage?.call(worker as Worker, begun));
      },
    };
    return worker;
  };
  devtools = new Machine().start({ createProbe: stuck });
  await devtools.begin();
  await new Page(devtools, 'a').socket(1).text(1, 'aaaa').send();
  await devtools.settled();
  const search = { view: 1, query: '/(a+)+$/', from: 0, backwards: false };
  const given = devtools.call('find', search);
  await devtools.call('cancelFind', null);
  expect(await given).toEqual({ row: -1, problems: [], stopped: null });
  const stopped = 'Stopped: /(a+)+$/ takes too long on some frames';
  expect(await devtools.call('find', search)).toEqual({ row: -1, problems: [], stopped });
});
