import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { FrameRow, ViewSpec } from '../core/messages/store';
import { type Devtools, Machine, Page } from './testing/harness';

let devtools: Devtools;

beforeEach(async () => {
  devtools = new Machine().start();
  await devtools.begin();
  const page = new Page(devtools, 'a').socket(1).socket(2);
  // One ms apart.
  for (const word of ['one', 'hidden', 'three', 'hidden', 'hidden', 'six, long'])
    page.text(1, word).text(2, `2 ${word}`);
  await page.send();
});

const sort = (column: ViewSpec['sort']['column'], descending: boolean) => ({ sort: { column, descending } });
const deltas = (rows: FrameRow[]): (number | null)[] => rows.map(({ delta }) => delta);

/** All rows, asked for one by one: each is told of what stands outside its window. */
async function oneByOne(spec: Partial<ViewSpec>): Promise<FrameRow[]> {
  const rows = await devtools.settled(spec);
  const windows = Array.from({ length: rows }, (_, from) => devtools.call('rows', { view: 1, from, count: 1 }));
  return (await Promise.all(windows)).flat();
}

test('a delta is the time since the frame shown before it', async () => {
  const spec = { query: '-hidden', connections: [1] };
  const ascending = [null, 4, 6];
  expect(deltas(await devtools.rows(spec))).toEqual(ascending);
  expect(deltas(await oneByOne(spec))).toEqual(ascending);
  const descending = { ...spec, ...sort('time', true) };
  expect(deltas(await devtools.rows(descending))).toEqual([6, 4, null]);
  expect(deltas(await oneByOne(descending))).toEqual([6, 4, null]);
});

test('it goes across connections where those are shown, and the gap does not', async () => {
  const rows = await devtools.rows({ query: 'three' });
  expect(rows.map(({ delta, gap }) => [delta, gap])).toEqual([
    [null, 2],
    [1, 2],
  ]);
});

test('sorted by something else it is the time since the row above', async () => {
  const spec = { query: '-hidden', connections: [1], ...sort('length', true) };
  expect((await devtools.rows(spec)).map(({ data }) => data)).toEqual(['six, long', 'three', 'one']);
  expect(deltas(await devtools.rows(spec))).toEqual([null, -6, -4]);
  expect(deltas(await oneByOne(spec))).toEqual([null, -6, -4]);
});

test('the detail tells of no other row', async () => {
  const { row } = await devtools.call('payload', { log: 'live', frame: 4, from: 0, to: 10 });
  expect([row.delta, row.gap]).toEqual([null, 2]);
});
