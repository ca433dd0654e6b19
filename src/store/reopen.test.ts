import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { LIMITS } from './limits';
import { Machine, Page, START } from './testing/harness';

/** Opens a session in another DevTools, after the first one was killed. */
async function reopen(machine: Machine, session: string) {
  const other = machine.start();
  await other.call('openSession', { session });
  return { other, rows: await other.rows({ log: session }) };
}

test('a payload that never came is counted once', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  const { session } = await devtools.begin();
  const page = new Page(devtools, 'a');
  await page.connect();
  page.socket(1);
  page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, 4);
  page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, 2_000_000);
  await page.text(1, 'one').send();
  await devtools.onDisk();
  await devtools.call('documentGone', { key: 'a', time: START + 9 });
  await devtools.onDisk();
  expect(await devtools.call('counts', { log: 'live' })).toMatchObject({ dropped: 2 });
  machine.kill(devtools);
  const { other, rows } = await reopen(machine, session);
  expect(await other.call('counts', { log: session })).toMatchObject({ dropped: 2 });
  expect(rows.map(({ data }) => data)).toEqual(['(payload dropped)', '(payload dropped)', 'one']);
});

test('a payload that was still on its way when the browser was killed is counted', async () => {
  const machine = new Machine();
  const devtools = machine.start();
  const { session } = await devtools.begin();
  const page = new Page(devtools, 'a').socket(1);
  page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, 4);
  await page.send();
  await devtools.onDisk();
  machine.kill(devtools);
  const { other } = await reopen(machine, session);
  expect(await other.call('counts', { log: session })).toMatchObject({ dropped: 1 });
});

test('a payload that came late and was dropped for want of memory is said to be dropped', async () => {
  const limits = { ...LIMITS, segmentBytes: 1000, memoryBytes: 3000 };
  const machine = new Machine();
  const devtools = machine.start({ limits });
  const { session } = await devtools.begin(false);
  const page = new Page(devtools, 'a').socket(1);
  page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, 4);
  await page.send();
  page.builder.addNote({ type: 'part', frame: 0, at: 0, bytes: 4, last: true }, Uint8Array.of(1, 2, 3, 4));
  for (let i = 0; i < 20; i++) await page.text(1, 'x'.repeat(300)).send();
  const before = await devtools.rows();
  const counts = await devtools.call('counts', { log: 'live' });
  await devtools.call('setPersist', { persist: true });
  await devtools.onDisk();
  machine.kill(devtools);
  const { other, rows } = await reopen(machine, session);
  expect(rows[0].data).toBe('(payload dropped)');
  expect(rows).toEqual(before);
  expect(await other.call('counts', { log: session })).toMatchObject({ dropped: counts.dropped });
  await expect(other.call('payload', { log: session, frame: 0, from: 0, to: 4 })).rejects.toThrow('not there');
});
