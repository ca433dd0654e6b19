import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { FLAG } from '../../core/model/frame';
import { type Devtools, Machine, Page } from '../testing/harness';

let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  devtools = new Machine().start();
  await devtools.begin();
  page = new Page(devtools, 'a').socket(1).socket(2);
});

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);

test('counts messages and bytes by direction, of all connections or of one', async () => {
  await page.text(1, 'abc', FLAG.sent).text(1, 'de').text(2, 'f').text(2, 'g').send();
  const all = await devtools.call('timeline', { log: 'live', connection: null, points: 500 });
  const totals = [all.sentFrames, all.sentBytes, all.receivedFrames, all.receivedBytes].map(sum);
  expect(totals).toEqual([1, 3, 3, 4]);
  expect(all.activity.map(({ connection, frames }) => [connection, sum(frames)])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  const one = await devtools.call('timeline', { log: 'live', connection: 2, points: 500 });
  expect([sum(one.sentFrames), sum(one.receivedFrames)]).toEqual([0, 2]);
});

test('goes on with what comes, and begins anew after a clear', async () => {
  await page.text(1, 'a').send();
  const received = async () =>
    sum((await devtools.call('timeline', { log: 'live', connection: null, points: 1 })).receivedFrames);
  expect(await received()).toBe(1);
  await page.text(1, 'b').text(1, 'c').send();
  expect(await received()).toBe(3);
  await devtools.call('clear', { time: 0, site: 'a.test' });
  expect(await received()).toBe(0);
});
