import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { FLAG } from '../core/model/frame';
import { LIMITS } from './limits';
import { Stacks } from './stacks';
import { Machine, Page } from './testing/harness';

test('equal stacks take room once, in whatever order frames get theirs', () => {
  const stacks = new Stacks(1000);
  for (let frame = 200_000; frame >= 0; frame -= 1000) stacks.set(frame, `at send (${frame % 2000})`);
  expect(stacks.get(200_000)).toBe('at send (0)');
  expect(stacks.get(1000)).toBe('at send (1000)');
  expect(stacks.get(1001)).toBeUndefined();
  expect(stacks.get(9e6)).toBeUndefined();
  const all = [...stacks];
  expect(all).toHaveLength(201);
  expect(all[1]).toEqual([1000, 'at send (1000)']);
});

test('beyond the limit only stacks that are known are kept, and it is told once', () => {
  const stacks = new Stacks(1000);
  let told = 0;
  stacks.onFull = () => told++;
  const kept = Array.from({ length: 50 }, (_, frame) => stacks.set(frame, `at line ${frame}`) !== null);
  const room = kept.indexOf(false);
  expect(room).toBeGreaterThan(5);
  expect(kept.lastIndexOf(true)).toBe(room - 1);
  expect(stacks.get(room)).toBeUndefined();
  expect(stacks.set(60, 'at line 0')).toBe('at line 0');
  expect(told).toBe(1);
});

test('a page of which all stacks differ is told of, and a session reads back as it was', async () => {
  const machine = new Machine();
  const devtools = machine.start({ limits: { ...LIMITS, stackBytes: 500 } });
  const { session } = await devtools.begin();
  const page = new Page(devtools, 'a').socket(1);
  for (let frame = 0; frame < 40; frame++) {
    page.builder.addNote({ type: 'stack', frame, stack: `at f${frame % 20} (app.js:1:${frame % 20})` });
    page.text(1, 'x', FLAG.sent);
  }
  await page.send();
  await devtools.onDisk();
  const stackOf = async (frame: number, other = devtools, log = 'live') =>
    (await other.call('payload', { log, frame, from: 0, to: 9 })).stack;
  expect(await stackOf(0)).toBe('at f0 (app.js:1:0)');
  expect(await stackOf(20)).toBe('at f0 (app.js:1:0)');
  expect(await stackOf(19)).toBeNull();
  expect(machine.notices).toEqual([expect.stringContaining('Where frames are sent from')]);
  machine.kill(devtools);
  const other = machine.start();
  await other.call('openSession', { session });
  for (const frame of [0, 19, 20, 39]) expect(await stackOf(frame, other, session)).toBe(await stackOf(frame));
});
