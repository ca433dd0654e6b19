import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { type Devtools, Machine, Page } from '../testing/harness';

let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  devtools = new Machine().start();
  await devtools.begin();
  page = new Page(devtools, 'a').socket(1);
});

test('names what is wrong in a log, goes on as it grows, and begins anew after a clear', async () => {
  for (let n = 0; n < 60; n++) page.text(1, `{"seq":${n}}`);
  await page.send();
  const health = () => devtools.call('health', { log: 'live' });
  expect(await health()).toMatchObject({ findings: [], scanned: 60, total: 60 });
  await page.text(1, '{"seq":70}').send();
  const { findings } = await health();
  expect(findings).toMatchObject([{ severity: 'warning', connections: [1], frames: [60] }]);
  expect(findings[0].title).toContain('10 numbers missing');
  expect(await devtools.settled({ query: findings[0].filter ?? '' })).toBe(61);
  await devtools.call('clear', { time: 0, site: 'a.test' });
  expect(await health()).toMatchObject({ findings: [], total: 0 });
});
