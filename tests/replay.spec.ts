import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { closeAll, converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { messages, recorded, whenFrames } from '../src/testing/recorded';

/** Selects the first row of the grid that has this text in it. */
async function selectRow(panel: Panel, text: string): Promise<void> {
  const rows = panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: text });
  await rows.first().waitFor();
  await rows.first().click();
}

/** Waits until something in the region says this. */
function whenSaid(panel: Panel, region: string, words: RegExp): Promise<string> {
  return until(`${region} says ${words}`, async () => {
    const text = (await panel.getByRole('region', { name: region, exact: true }).textContent()) ?? '';
    return words.test(text) ? text : undefined;
  });
}

test('a frame is sent again on its connection, reaches the server and is marked @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['once more', 'other'] });
  await whenFrames(panel, 5);
  await selectRow(panel, 'once more');
  await panel.getByRole('button', { name: 'Replay', exact: true }).click();
  await whenSaid(panel, 'Frame', /sent/i);
  await whenFrames(panel, 7);
  const server = demo.log.last('/echo');
  expect(
    server.messages.filter(({ direction }) => direction === 'sent').map(({ data }) => Buffer.from(data).toString()),
  ).toEqual(['once more', 'other', 'once more']);
  const again = messages(await recorded(panel)).slice(-2);
  expect(again.map(({ direction, flags }) => [direction, flags])).toEqual([
    ['sent', ['byUser']],
    ['received', []],
  ]);
  await panel
    .getByRole('grid', { name: 'Frames' })
    .getByRole('gridcell', { name: /by you/i })
    .first()
    .waitFor();
});

test('a byte order mark is shown, and sent again with the rest @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['\ufeffmarked'] });
  await whenFrames(panel, 3);
  await selectRow(panel, 'marked');
  const frame = panel.getByRole('region', { name: 'Frame', exact: true });
  await frame.getByRole('tab', { name: 'Text' }).click();
  await frame.locator('[title="U+FEFF byte order mark"]').waitFor();
  await panel.getByRole('button', { name: 'Replay', exact: true }).click();
  await whenFrames(panel, 5);
  const sent = demo.log.last('/echo').messages.filter(({ direction }) => direction === 'sent');
  expect(sent.map(({ data }) => Buffer.from(data).toString('hex'))).toEqual(
    Array.from({ length: 2 }, () => Buffer.from('\ufeffmarked').toString('hex')),
  );
});

test('what cannot be shown in another notation stays in its own @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const compose = panel.getByRole('region', { name: 'Compose', exact: true });
  const box = compose.getByRole('textbox', { name: 'Message' });
  const kind = compose.getByRole('combobox', { name: 'Kind of message' });
  const choose = (value: string) =>
    panel.evaluate((chosen) => {
      const select = document.querySelector<HTMLSelectElement>('[aria-label="Kind of message"]')!;
      select.value = chosen;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, value);
  await kind.waitFor();
  await choose('hex');
  await box.fill('ff fe 00');
  await choose('text');
  await expect.poll(() => compose.getByRole('alert').textContent()).toBe('These bytes are not text (UTF-8)');
  await expect.poll(async () => [await kind.inputValue(), await box.inputValue()]).toEqual(['hex', 'ff fe 00']);
});

test('what its connection cannot take goes to another one to the same URL, else to a new one, and says so @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const url = `${demo.wsUrl}/echo`;
  await tab.evaluate(converse, { url, texts: ['wanderer'] });
  await tab.evaluate(closeAll);
  await tab.evaluate(converse, { url, texts: ['second'] });
  await whenFrames(panel, 7);
  await selectRow(panel, 'wanderer');
  await panel.getByRole('button', { name: 'Replay', exact: true }).click();
  await whenSaid(panel, 'Frame', /another|other/i);
  await until('the other connection took it', () => {
    const sent = demo.log.last('/echo').messages.filter(({ direction }) => direction === 'sent');
    return sent.length === 2 || undefined;
  });
  // A closing socket hands out no more messages: the echo has to be there first.
  await whenFrames(panel, 9);
  await tab.evaluate(closeAll);
  await whenFrames(panel, 10);
  const before = demo.log.opened;
  await panel.getByRole('button', { name: 'Replay', exact: true }).click();
  await whenSaid(panel, 'Frame', /new/i);
  await until('the new connection took it', () => {
    const { messages } = demo.log.last('/echo');
    return messages.some(({ data }) => Buffer.from(data).toString() === 'wanderer') || undefined;
  });
  expect(demo.log.opened).toBe(before + 1);
});

test('edit and send: text, and binary as hex @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    socket.send('{"price":1}');
    socket.send(Uint8Array.of(1, 2, 254, 255));
    (globalThis as { kept?: WebSocket }).kept = socket;
  }, `${demo.wsUrl}/sink`);
  await whenFrames(panel, 3);
  const compose = panel.getByRole('region', { name: 'Compose', exact: true });
  const box = compose.getByRole('textbox', { name: 'Message' });
  const send = compose.getByRole('button', { name: 'Send', exact: true });
  const arrived = async (count: number) => {
    await until(`${count} messages at the server`, () => demo.log.last('/sink').messages.length === count || undefined);
    return demo.log.last('/sink').messages.at(-1);
  };

  await selectRow(panel, 'price');
  await panel.getByRole('button', { name: 'Edit and send', exact: true }).click();
  await until('the text is there', async () => (await box.inputValue()) === '{"price":1}' || undefined);
  await box.fill('{"price":2}');
  await send.click();
  expect(Buffer.from((await arrived(3))?.data ?? []).toString()).toBe('{"price":2}');

  const rows = panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: /binary/ });
  await rows.first().click();
  await panel.getByRole('button', { name: 'Edit and send', exact: true }).click();
  await until(
    'the bytes are there',
    async () => /^01 ?02 ?fe ?ff$/i.test((await box.inputValue()).trim()) || undefined,
  );
  await box.fill('01 02 zz');
  await send.click();
  await compose.getByRole('alert').waitFor();
  expect(await box.inputValue()).toBe('01 02 zz');
  await box.fill('01 02 03');
  await send.click();
  const last = await arrived(4);
  expect([last?.binary, ...(last?.data ?? [])]).toEqual([true, 1, 2, 3]);
});

test('compose sends anything, and a failure keeps the text and says why @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['hello'] });
  await whenFrames(panel, 3);
  const compose = panel.getByRole('region', { name: 'Compose', exact: true });
  const box = compose.getByRole('textbox', { name: 'Message' });
  await box.fill('composed by hand');
  await compose.getByRole('button', { name: 'Send', exact: true }).click();
  await until('it is at the server', () => {
    const { messages } = demo.log.last('/echo');
    return (
      messages.some(
        ({ direction, data }) => direction === 'sent' && Buffer.from(data).toString() === 'composed by hand',
      ) || undefined
    );
  });
  // A closing socket hands out no more messages: the echo has to be there first.
  await whenFrames(panel, 5);
  await tab.evaluate(closeAll);
  await whenFrames(panel, 6);
  await box.fill('too late');
  await compose.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => compose.getByRole('alert').textContent()).toMatch(/closed|no open/i);
  expect(await box.inputValue()).toBe('too late');
});

test('a selection is sent again in its order @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['one', 'two', 'three'] });
  await whenFrames(panel, 7);
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('dir:sent');
  const data = panel.getByRole('grid', { name: 'Frames' }).locator('.grid-layer .col-data');
  await until(
    'what was sent is drawn, and nothing else',
    async () => (await data.allTextContents()).join() === 'one,two,three' || undefined,
  );
  await selectRow(panel, 'one');
  await panel.press('Shift+ArrowDown');
  await panel.press('Shift+ArrowDown');
  await panel
    .getByRole('button', { name: /^Replay/ })
    .first()
    .click();
  await until('six messages at the server', () => {
    const sent = demo.log.last('/echo').messages.filter(({ direction }) => direction === 'sent');
    return sent.length === 6 || undefined;
  });
  const sent = demo.log.last('/echo').messages.filter(({ direction }) => direction === 'sent');
  expect(sent.map(({ data }) => Buffer.from(data).toString())).toEqual(['one', 'two', 'three', 'one', 'two', 'three']);
});
