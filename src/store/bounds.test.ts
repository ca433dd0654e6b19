import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { FLAG, KIND } from '../core/model/frame';
import { type Database, openDatabase } from './database';
import { LIMITS } from './limits';
import { Machine, Page, START } from './testing/harness';

const limits = { ...LIMITS, segmentBytes: 1000, memoryBytes: 5000, waitingBytes: 2000, cacheBytes: 3000 };

test('in memory the oldest payloads go, their rows stay, and it is counted and said once', async () => {
  const machine = new Machine();
  const devtools = machine.start({ limits });
  await devtools.begin(false);
  const page = new Page(devtools, 'a');
  page.socket(1);
  for (let i = 0; i < 200; i++) await page.text(1, `${i} `.padEnd(100, 'x')).send();
  const rows = await devtools.rows();
  expect(rows).toHaveLength(200);
  const kept = rows.filter(({ data }) => data.includes('xxx')).length;
  expect(kept).toBeGreaterThan(40);
  expect(kept).toBeLessThan(60);
  expect(rows[0]).toMatchObject({ data: '(payload dropped)', length: 100 });
  expect(rows[0].flags & FLAG.dropped).toBeTruthy();
  expect(rows[199].data).toContain('199 ');
  expect(await devtools.call('counts', { log: 'live' })).toMatchObject({ frames: 200, dropped: 200 - kept });
  expect(machine.notices).toEqual(['Memory is full: the oldest payloads are dropped, their rows stay']);
});

test('on disk nothing is dropped, however small the memory', async () => {
  const machine = new Machine();
  const devtools = machine.start({ limits });
  await devtools.begin();
  const page = new Page(devtools, 'a');
  page.socket(1);
  const large = new Uint8Array(2_000_000).map((_, i) => i);
  page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, large.length);
  for (let at = 0; at < large.length; at += 1 << 20) {
    const bytes = large.subarray(at, at + (1 << 20));
    const last = at + bytes.length === large.length;
    page.builder.addNote({ type: 'part', frame: 0, at, bytes: bytes.length, last }, bytes);
  }
  for (let i = 0; i < 200; i++) await page.text(1, `${i} `.padEnd(100, 'x')).send();
  const rows = await devtools.rows();
  expect(rows.slice(1).every(({ data }, i) => data.startsWith(`${i} x`))).toBe(true);
  expect(await devtools.call('counts', { log: 'live' })).toMatchObject({ frames: 201, dropped: 0 });
  expect(await devtools.settled({ query: '199' })).toBe(1);
  const { bytes } = await devtools.call('payload', { log: 'live', frame: 0, from: 0, to: 9e9 });
  expect(Buffer.compare(new Uint8Array(bytes), large)).toBe(0);
});

test('a full disk: recording goes on in memory, and to disk again when there is room', async () => {
  let full = true;
  const machine = new Machine();
  const devtools = machine.start({
    openDatabase: async (onLost) => {
      const database = await openDatabase(onLost);
      return new Proxy(database, {
        get(target, name) {
          if (name === 'transaction' && full) {
            return () => {
              throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
            };
          }
          const value = Reflect.get(target, name) as unknown;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }) as Database;
    },
  });
  const { session } = await devtools.begin();
  const page = new Page(devtools, 'a');
  await page.socket(1).text(1, 'one').send();
  await devtools.onDisk();
  expect(await devtools.call('storage', null)).toMatchObject({
    where: 'memory',
    problem: expect.stringContaining('QuotaExceededError'),
  });
  expect(machine.notices[0]).toContain('in memory only');
  await page.text(1, 'two').send();
  expect((await devtools.rows()).map(({ data }) => data)).toEqual(['one', 'two']);
  full = false;
  await devtools.call('purge', { sessions: [] });
  expect(await devtools.call('storage', null)).toMatchObject({ where: 'disk', problem: null });
  await page.text(1, 'three').send();
  await devtools.onDisk();
  machine.kill(devtools);
  const other = machine.start();
  await other.call('openSession', { session });
  expect((await other.rows({ log: session })).map(({ data }) => data)).toEqual(['one', 'two', 'three']);
});

test('what belongs to no session, and half a file, are gone at the next start', async () => {
  const machine = new Machine();
  const database = await openDatabase(() => undefined);
  await database.put('payloads', new Uint8Array(3), ['nobody', 0, 0]);
  await database.put('columns', new ArrayBuffer(3), ['half', 0, 0]);
  const devtools = machine.start();
  const { session } = await devtools.begin();
  await new Page(devtools, 'a').socket(1).text(1, 'kept').send();
  await devtools.onDisk();
  const record = await database.get('sessions', session);
  if (record === undefined) throw new Error('The session is not on disk');
  await database.put('sessions', { ...record, id: 'half', state: 'importing' }, 'half');
  machine.kill(devtools);
  const other = machine.start();
  expect((await other.call('sessions', null)).map(({ id }) => id)).toEqual([session]);
  expect(await database.getAllKeys('payloads')).toEqual([[session, 0, 0]]);
  expect(await database.getAllKeys('columns')).toEqual([[session, 0, 0]]);
  database.close();
});

test('in memory a payload above 1 MiB goes when it is the oldest, and not before older ones', async () => {
  const machine = new Machine();
  const devtools = machine.start({ limits: { ...limits, memoryBytes: 2_100_000 } });
  await devtools.begin(false);
  const page = new Page(devtools, 'a').socket(1);
  const large = async () => {
    const frame = page.builder.nextFrame();
    page.builder.addBare(START, 1, KIND.binary, FLAG.deferred, 1_500_000);
    for (const at of [0, 1 << 20]) {
      const bytes = Math.min(1 << 20, 1_500_000 - at);
      page.builder.addNote({ type: 'part', frame, at, bytes, last: at > 0 }, new Uint8Array(bytes));
    }
    await page.send();
    return frame;
  };
  const dropped = async () => {
    const rows = await devtools.rows();
    return rows.filter(({ flags }) => (flags & FLAG.dropped) !== 0).map(({ frame }) => frame);
  };
  for (let i = 0; i < 700; i++) page.text(1, `${i} `.padEnd(900, 'x'));
  await page.send();
  const first = await large();
  // The 30 kB too much are taken from the texts before it.
  const gone = await dropped();
  expect(gone).toEqual(Array.from(gone.keys()));
  expect(gone.length).toBeGreaterThan(30);
  expect(gone.length).toBeLessThan(100);
  const second = await large();
  // The last text lies in the segment that is open.
  const older = Array.from({ length: first + 1 }, (_, frame) => frame).filter((frame) => frame !== first - 1);
  expect(await dropped()).toEqual(older);
  const { bytes } = await devtools.call('payload', { log: 'live', frame: second, from: 0, to: 9e9 });
  expect(bytes.byteLength).toBe(1_500_000);
});
