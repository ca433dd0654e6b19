import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { Machine, Page } from './testing/harness';
import { createLocalProbe } from './testing/local-probe';

test.each([
  ['here', ''],
  ['in a Worker', ' /./'],
])('the first frame of a connection has no gap, tested %s', async (_where, regex) => {
  const devtools = new Machine().start({ createProbe: createLocalProbe });
  await devtools.begin();
  const page = new Page(devtools, 'a').socket(1).socket(2);
  await page.text(1, 'a').text(2, 'b').text(1, 'c').text(1, 'd').send();
  const frames = async (query: string) => (await devtools.rows({ query: query + regex })).map(({ frame }) => frame);
  expect(await frames('gap:<1m')).toEqual([2, 3]);
  expect(await frames('gap:0..1')).toEqual([3]);
  expect(await frames('gap:<2ms')).toEqual([3]);
  expect(await frames('-gap:<1m')).toEqual([0, 1]);
});
