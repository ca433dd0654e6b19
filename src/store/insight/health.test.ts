import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { FLAG, KIND } from '../../core/model/frame';
import { type Devtools, Machine, Page, START } from '../testing/harness';

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

test('tells what waited to be sent, also in a session that is opened again', async () => {
  const send = (ms: number, buffered: number | null) => {
    if (buffered !== null) page.builder.addNote({ type: 'buffered', frame: page.builder.nextFrame(), bytes: buffered });
    page.builder.addText(START + ms, 1, KIND.text, FLAG.sent, 'x'.repeat(50_000));
  };
  send(0, null);
  await page.send();
  for (let n = 1; n < 60; n++) send(n * 100, (n + 1) * 40_000);
  await page.send();
  const expected = { title: 'Up to 2.4 MB waited to be sent, some of it for 4.7 s or more', connections: [1] };
  expect((await devtools.call('health', { log: 'live' })).findings).toMatchObject([expected]);
  await devtools.onDisk();
  const { session } = await devtools.begin();
  const earlier = (await devtools.call('sessions', null)).find(({ id }) => id !== session)!;
  await devtools.call('openSession', { session: earlier.id });
  const { findings } = await devtools.call('health', { log: earlier.id });
  expect(findings).toMatchObject([expected]);
  for (const format of ['ndjson', 'har']) {
    const scope = { log: earlier.id, frames: null, view: null };
    const { file, name } = await devtools.call('export', { job: 1, format, scope });
    const imported = await devtools.call('import', { job: 2, file, name });
    await devtools.call('openSession', { session: imported.id });
    expect((await devtools.call('health', { log: imported.id })).findings).toMatchObject([expected]);
  }
  const rows = await devtools.settled({ log: earlier.id, query: findings[0].filter ?? '' });
  expect(rows).toBe(60);
});

test('names requests that were never answered, once pairs were read', async () => {
  page.text(1, '{"jsonrpc":"2.0","id":1,"method":"getUser"}', FLAG.sent);
  page.text(1, '{"jsonrpc":"2.0","id":2,"method":"getRoom"}', FLAG.sent);
  page.text(1, '{"jsonrpc":"2.0","id":2,"result":{}}');
  page.event(1, KIND.close, { code: 1000, reason: '', wasClean: true, by: 'page' });
  await page.send();
  await devtools.call('watchInsight', { log: 'live', on: true });
  const { findings } = await vi.waitUntil(async () => {
    const report = await devtools.call('health', { log: 'live' });
    return report.findings.length > 0 && report;
  });
  expect(findings).toMatchObject([{ title: '1 request without a reply: getUser', frames: [0] }]);
  expect(await devtools.settled({ query: findings[0].filter ?? '' })).toBe(1);
});
