import { beforeEach, expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { type Devtools, Machine, Page, START } from './testing/harness';

let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  devtools = new Machine().start();
  await devtools.begin();
  page = new Page(devtools, 'a');
  await page.connect();
});

const firstFrames = async () =>
  (await devtools.call('connections', { log: 'live' })).map(({ firstFrameAt }) => firstFrameAt);

test('knows when the first message of a connection passed, in either direction', async () => {
  page
    .socket(1)
    .event(1, KIND.open, {})
    .text(1, 'not sent', FLAG.sent | FLAG.failed);
  page.text(1, 'sent', FLAG.sent).text(1, 'received').socket(2);
  await page.send();
  expect(await firstFrames()).toEqual([START + 3, null]);
  await page.text(2, 'received').text(1, 'more').send();
  await devtools.call('clear', { time: START, site: '' });
  await page.text(2, 'after a clear').send();
  expect(await firstFrames()).toEqual([START + 3, START + 5]);
});

test('does not take a message for the first where some may have passed before it', async () => {
  const before = { sentFrames: 0, receivedFrames: 1, sentBytes: 0, receivedBytes: 5 };
  const none = { ...before, receivedFrames: 0, receivedBytes: 0 };
  page.socket(1, undefined, { before }).socket(2, undefined, { before: none }).socket(3);
  page.text(1, 'early', FLAG.ring).text(1, 'late').text(2, 'the first');
  await page.event(3, KIND.gap, { frames: 2, bytes: 0, why: 'stopped' }).text(3, 'after a gap').send();
  expect(await firstFrames()).toEqual([null, START + 3, null]);
  await devtools.call('clear', { time: START, site: '' });
  await page.text(1, 'after a clear').text(3, 'after a clear').send();
  expect(await firstFrames()).toEqual([null, START + 3, null]);
});
