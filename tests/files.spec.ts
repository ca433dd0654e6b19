import { expect, test } from '../src/testing/fixtures';
import { importFile } from '../src/testing/import-file';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { countsOf, messages, readNdjson, recorded, saveAs, whenFrames } from '../src/testing/recorded';
import { whenRows } from '../src/testing/when-rows';

/** A page that has said and heard text and bytes. */
async function traffic({ url }: { url: string }): Promise<void> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  await new Promise((open) => socket.addEventListener('open', open));
  let answers = 0;
  const answered = new Promise<void>((resolve) => {
    socket.onmessage = () => {
      if (++answers === 3) resolve();
    };
  });
  socket.send('{"emoji":"👍"}');
  socket.send(Uint8Array.of(0, 255, 1));
  socket.send('');
  await answered;
  socket.close(4000, 'done');
  await new Promise((closed) => socket.addEventListener('close', closed));
}

test('NDJSON: what is exported and imported again is the same @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(traffic, { url: `${demo.wsUrl}/echo` });
  await whenFrames(panel, 8);
  const file = await saveAs(panel, 'NDJSON');
  expect(file.name).toMatch(/\.ndjson$/);
  await importFile(panel, file.name, file.bytes);
  const before = readNdjson(file.bytes.toString('utf8'));
  const again = await until('as many frames as before', async () => {
    const log = await recorded(panel);
    return log.frames.length === before.frames.length ? log : undefined;
  });
  expect(again.frames).toEqual(before.frames);
  expect(again.connections).toEqual(before.connections);
});

test('HAR: messages stand as Chrome writes them, and come back @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(traffic, { url: `${demo.wsUrl}/echo` });
  await whenFrames(panel, 8);
  const file = await saveAs(panel, 'HAR');
  expect(file.name).toMatch(/\.har$/);
  const har = JSON.parse(file.bytes.toString('utf8'));
  expect(har.log.version).toBe('1.2');
  expect(har.log.entries).toHaveLength(1);
  const [entry] = har.log.entries;
  expect(entry._resourceType).toBe('websocket');
  const message = ({ type, opcode, data }: Record<string, unknown>) => [type, opcode, data];
  expect(entry._webSocketMessages.filter(({ type }: { type: string }) => type === 'send').map(message)).toEqual([
    ['send', 1, '{"emoji":"👍"}'],
    ['send', 2, 'AP8B'],
    ['send', 1, ''],
  ]);
  expect(entry._webSocketMessages[0].time * 1000).toBeGreaterThan(Date.now() - 60_000);
  await importFile(panel, file.name, file.bytes);
  const again = await until('the messages of the file', async () => {
    const log = await recorded(panel);
    return messages(log).length === 6 ? log : undefined;
  });
  expect(again.frames.filter(({ kind }) => kind === 'text').map(({ payload }) => payload.toString())).toEqual([
    '{"emoji":"👍"}',
    '',
    '{"emoji":"👍"}',
    '',
  ]);
});

test('only what the filter shows, or what is selected, is exported when asked @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['apple', 'pear', 'apple pie'] });
  await whenFrames(panel, 7);
  const grid = panel.getByRole('grid', { name: 'Frames' });
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('apple');
  await whenRows(panel, 4);
  const filtered = await recorded(panel, /filter/i);
  expect(filtered.frames.map(({ payload }) => payload.toString())).toEqual([
    'apple',
    'apple pie',
    'apple',
    'apple pie',
  ]);
  await grid.getByRole('row', { name: 'apple pie' }).first().click();
  const selected = await recorded(panel, /selected/i);
  expect(selected.frames.map(({ payload }) => payload.toString())).toEqual(['apple pie']);
});

const broken: [name: string, content: string | Buffer, says: RegExp][] = [
  ['empty.har', '', /empty/i],
  ['picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /not|format|recogni/i],
  [
    'cut.har',
    '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{"_resourceType":"webso',
    /end|cut|complete/i,
  ],
  [
    'http-only.har',
    '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}',
    /no WebSocket|no socket|none/i,
  ],
  ['wrong.ndjson', '{"type":"header","format":"framescope","version":1}\n{"type":"frame","time":"noon"}\n', /line 2/i],
  ['future.ndjson', '{"type":"header","format":"framescope","version":99}\n', /version/i],
];

for (const [name, content, says] of broken) {
  test(`a file that cannot be read says what and where, and nothing changes: ${name} @both`, async ({
    session,
    demo,
  }) => {
    const tab = await session.openPage(`${demo.url}/blank`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['stays'] });
    await whenFrames(panel, 3);
    const before = (await countsOf(panel)).text;
    await importFile(panel, name, content);
    expect((await panel.getByRole('alert').allTextContents()).join(' ')).toMatch(says);
    expect((await countsOf(panel)).text).toBe(before);
    await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
    const grid = panel.getByRole('grid', { name: 'Sessions' });
    await grid.waitFor();
    expect(await grid.getByRole('row', { name }).count()).toBe(0);
  });
}
