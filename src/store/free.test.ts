import 'fake-indexeddb/auto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KIND } from '../core/model/frame';
import { FrameLog } from './log';
import { type Devtools, Machine, Page, START } from './testing/harness';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const { payload } = FrameLog.prototype;
/** Logs of which a payload was asked for, the first of them first. */
let read: WeakRef<FrameLog>[];

beforeEach(() => {
  read = [];
  FrameLog.prototype.payload = function (this: FrameLog, ...range) {
    if (!read.some((log) => log.deref() === this)) read.push(new WeakRef(this));
    return payload.apply(this, range);
  };
});

afterEach(() => {
  FrameLog.prototype.payload = payload;
});

async function freed(log: WeakRef<FrameLog>): Promise<void> {
  await vi.waitFor(() => {
    collect();
    expect(log.deref() === undefined).toBe(true);
  });
}

/** Looks at a log in all the ways that remember something of it. */
async function lookAt(devtools: Devtools, log: string): Promise<WeakRef<FrameLog>> {
  const before = read.length;
  await devtools.call('decode', { log, frame: 0, decoder: null });
  await devtools.call('health', { log });
  await devtools.call('timeline', { log, connection: null, points: 10 });
  await devtools.rows({ log, query: 'one' }, 3);
  return read[before];
}

/** A store in which one message was recorded; the socket is closed. */
async function record(machine: Machine, deps: Parameters<Machine['start']>[0] = {}): Promise<Devtools> {
  const devtools = machine.start(deps);
  await devtools.begin();
  const page = new Page(devtools, 'a');
  await page.socket(1).text(1, '{"one":1}').event(1, KIND.close, { code: 1000 }).send();
  return devtools;
}

test('what is cleared is free, whatever was looked at', async () => {
  const devtools = await record(new Machine());
  const log = await lookAt(devtools, 'live');
  await devtools.call('clear', { time: START, site: 'example.com' });
  await freed(log);
});

test('a session that is closed is free', async () => {
  const devtools = await record(new Machine());
  const [{ id }] = await devtools.call('sessions', null);
  await devtools.begin();
  await devtools.call('openSession', { session: id });
  const log = await lookAt(devtools, id);
  await devtools.call('closeSession', { session: id });
  await freed(log);
});

test('a file that only memory has is not listed when it was deleted, can be taken back, and is free when it is purged', async () => {
  const devtools = await record(new Machine(), { openDatabase: () => Promise.reject(new Error('no')) });
  const scope = { log: 'live', frames: null, view: null };
  const { file } = await devtools.call('export', { job: 1, format: 'ndjson', scope });
  await devtools.begin();
  const { id } = await devtools.call('import', { job: 2, file, name: 'x.ndjson' });
  const log = await lookAt(devtools, id);
  const listed = async () => (await devtools.call('sessions', null)).map((session) => session.id);
  await devtools.call('deleteSessions', { sessions: [id] });
  expect(await listed()).toEqual([]);
  await expect(devtools.call('openSession', { session: id })).rejects.toThrow('not there');
  await devtools.call('undeleteSessions', { sessions: [id] });
  expect(await listed()).toEqual([id]);
  await devtools.call('deleteSessions', { sessions: [id] });
  await devtools.call('purge', { sessions: [id] });
  expect(await listed()).toEqual([]);
  await expect(devtools.call('counts', { log: id })).rejects.toThrow('not open');
  await freed(log);
});
