import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';

const frameOf = (panel: Panel) => panel.getByRole('region', { name: 'Frame', exact: true });

async function select(panel: Panel, row: string | RegExp): Promise<void> {
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: row }).first().click();
  await frameOf(panel).getByRole('tab', { name: 'Decoded' }).click();
}

async function chooseInTree(panel: Panel, item: string | RegExp, action: string): Promise<void> {
  await frameOf(panel).getByRole('treeitem', { name: item }).first().click({ button: 'right' });
  await panel.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Text as it stands on its lines. */
const linesOf = (element: HTMLElement | SVGElement): string =>
  [...element.querySelectorAll('.fold-line, .block')].map((line) => line.textContent).join('\n');

const whenClipboard = (session: { readClipboard(): Promise<string> }, text: string) =>
  until(`${text} in the clipboard`, async () => (await session.readClipboard()) === text || undefined);

test('the tree opens, copies, searches and narrows the list @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  // The id is beyond what a JavaScript number tells exactly.
  const text = '{"type":"order","lines":[{"sku":"A-1","tags":["red","blue"]},{"sku":"B-2"}],"id":9007199254740993}';
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: [text, '{"type":"ping"}'] });
  await whenFrames(panel, 5);
  await select(panel, /A-1/);
  const tree = frameOf(panel).getByRole('tree');
  await tree.getByRole('treeitem', { name: /9007199254740993/ }).waitFor();
  await chooseInTree(panel, /^lines/, 'Expand all below');
  await tree.getByRole('treeitem', { name: /^1: "blue"/ }).waitFor();
  await chooseInTree(panel, /^1: "blue"/, 'Copy value');
  await whenClipboard(session, 'blue');
  await chooseInTree(panel, /^1: "blue"/, 'Copy path');
  await whenClipboard(session, '$.lines[0].tags[1]');
  await chooseInTree(panel, /^type/, 'Show only messages like this');
  const grid = panel.getByRole('grid', { name: 'Frames' });
  await until('two rows', async () => (await grid.getAttribute('aria-rowcount')) === '3' || undefined);
  const box = frameOf(panel).getByRole('searchbox', { name: 'Search in this frame' });
  const result = frameOf(panel).getByRole('status', { name: 'Search result' });
  await box.fill('b');
  await box.press('Enter');
  await until('the first of three', async () => (await result.textContent()) === '1 of 2' || undefined);
  await box.press('Enter');
  await until('the last', async () => (await result.textContent()) === '2 of 2' || undefined);
  const chosen = tree.locator('[role="treeitem"][aria-selected="true"]');
  await until('what was found is chosen', async () => (await chosen.textContent())?.includes('B-2') || undefined);
  await box.fill('nowhere');
  await box.press('Enter');
  await until('nothing', async () => (await result.textContent()) === 'Not found' || undefined);
});

test('a field of the tree and its bytes light up together @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['{"a":1234567890123456789012,"b":"xyz"}'] });
  await whenFrames(panel, 3);
  await select(panel, /xyz/);
  const bytes = frameOf(panel).getByRole('checkbox', { name: 'Bytes' });
  if (!(await bytes.isChecked())) await bytes.click();
  await frameOf(panel).getByRole('grid', { name: 'Bytes' }).waitFor();
  await frameOf(panel).getByRole('treeitem', { name: /^b/ }).click();
  const lit = () =>
    panel.evaluate(() =>
      [...CSS.highlights.values()].flatMap((ranges) =>
        [...ranges].map(({ startContainer, startOffset, endOffset }) =>
          startContainer.textContent?.slice(startOffset, endOffset),
        ),
      ),
    );
  await until('the bytes of the field', async () => (await lit()).join(' ').startsWith('22 78 79 7a') || undefined);
  await frameOf(panel).locator('.hex-bytes').nth(1).click();
  await until('the field of the byte', async () => {
    const chosen = frameOf(panel).locator('[role="treeitem"][aria-selected="true"]');
    return (await chosen.textContent())?.startsWith('a') || undefined;
  });
});

test('an empty payload leaves the panel working, also with bytes beside the tree @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['something', ''] });
  await whenFrames(panel, 5);
  await select(panel, /something/);
  const bytes = frameOf(panel).getByRole('checkbox', { name: 'Bytes' });
  if (!(await bytes.isChecked())) await bytes.click();
  await frameOf(panel).getByRole('grid', { name: 'Bytes' }).waitFor();
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row').last().click();
  await until(
    'it says that nothing is in it',
    async () => (await frameOf(panel).textContent())?.includes('The payload is empty') || undefined,
  );
  await panel.getByRole('button', { name: 'Insight', exact: true }).click();
  await panel.getByRole('region', { name: 'Insight', exact: true }).waitFor();
  await panel.getByRole('button', { name: 'Filter help' }).click();
  await panel.locator('dialog.help').waitFor();
});

test('a long value is shown whole when asked for, and the next one by its beginning @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const texts = ['a', 'b'].map((letter) => letter.repeat(6000));
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts });
  await whenFrames(panel, 5);
  const value = frameOf(panel).getByRole('treeitem').first();
  const whenLength = (letter: string, length: number) =>
    until(`${length} ${letter}`, async () => {
      const text = (await value.textContent()) ?? '';
      return text.split(letter).length - 1 >= length && text.includes('show all') === length < 6000 ? true : undefined;
    });
  await select(panel, /aaaa/);
  await whenLength('a', 4990);
  await value.getByRole('button', { name: /show all/ }).click();
  await whenLength('a', 6000);
  await select(panel, /bbbb/);
  await whenLength('b', 4990);
});

test('text is laid out, folded, and shows what cannot be seen @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const texts = ['{"outer":{"inner":[1,2,3]},"last":true}', 'a\u0000b\u202ec\u200bd'];
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts });
  await whenFrames(panel, 5);
  await select(panel, /outer/);
  await frameOf(panel).getByRole('tab', { name: 'Text' }).click();
  const pretty = frameOf(panel).getByRole('checkbox', { name: 'Pretty print' });
  if (!(await pretty.isChecked())) await pretty.click();
  const text = frameOf(panel).getByRole('region', { name: 'Payload as text' });
  const whenText = (wanted: RegExp) =>
    until(`${wanted}`, async () => wanted.test(await text.evaluate(linesOf)) || undefined);
  await whenText(/^\{\n {2}"outer": \{\n/);
  await text.getByRole('button', { name: 'Line 2', exact: true }).click();
  await whenText(/"outer": \{ ?5 lines ?\},\n {2}"last": true/);
  await pretty.click();
  await whenText(/^\{"outer":\{"inner":\[1,2,3\]\},"last":true\}$/);
  await panel
    .getByRole('grid', { name: 'Frames' })
    .getByRole('row', { name: /a.b.*c/ })
    .first()
    .click();
  await until('symbols for what is invisible', async () => {
    const titles = await text.evaluate((element) =>
      [...element.querySelectorAll('.control')].map((each) => each.getAttribute('title')),
    );
    return titles.length === 3 || undefined;
  });
});

test('the kind that a page gives a message turns no text around @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const texts = [1, 2].map((n) => JSON.stringify({ type: 'a\u202eb', n }));
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts });
  await whenFrames(panel, 5);
  const grid = panel.getByRole('grid', { name: 'Frames' });
  const kind = grid.getByRole('gridcell', { name: /^text · / }).first();
  await kind.waitFor();
  expect(await kind.textContent()).toBe('text · type:a▯b');
  expect(await kind.getAttribute('title')).toBe('Contains U+202E right-to-left override');
  await grid.getByRole('row', { name: '"n":2' }).first().click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Compare with the previous of its kind' }).click();
  const summary = panel.getByRole('region', { name: 'Compare', exact: true }).locator('.summary');
  await expect.poll(() => summary.textContent()).toMatch(/ type:a▯b→ .* type:a▯b/);
});

test('two frames are compared, and one with the previous of its kind @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const texts = ['{"type":"price","n":1,"same":0}', '{"type":"other"}', '{"type":"price","n":2,"same":0}'];
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts });
  await whenFrames(panel, 7);
  const grid = panel.getByRole('grid', { name: 'Frames' });
  const row = (text: string) => grid.getByRole('row', { name: text });
  await row('"n":2').first().click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Compare with the previous of its kind' }).click();
  const compare = panel.getByRole('region', { name: 'Compare', exact: true });
  const differences = compare.getByRole('region', { name: 'Differences' });
  const whenChanged = (lines: string[]) =>
    until(lines.join(), async () => {
      const changed = await differences.evaluate((element) =>
        [...element.querySelectorAll('.removed .diff-line, .added .diff-line')].map((line) =>
          (line.textContent ?? '').replaceAll(/\s/g, ''),
        ),
      );
      return changed.join() === lines.join() || undefined;
    });
  await whenChanged(['−"n":1,', '+"n":2,']);
  await compare.getByRole('button', { name: 'Close the comparison' }).click();
  await row('"n":1').first().click();
  await row('other')
    .first()
    .click({ modifiers: ['Control'] });
  await row('other').first().click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Compare the two' }).click();
  await until(
    'what is only in one of them',
    async () => /other/.test((await differences.textContent()) ?? '') || undefined,
  );
  await row('"n":2').first().click();
  await frameOf(panel).getByRole('tab', { name: 'Decoded' }).waitFor();
  await compare.waitFor({ state: 'detached' });
});

test('an image is shown @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    const canvas = Object.assign(document.createElement('canvas'), { width: 30, height: 20 });
    canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
    const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made));
    socket.send(blob as Blob);
    await new Promise((answered) => socket.addEventListener('message', answered));
  }, `${demo.wsUrl}/echo`);
  await whenFrames(panel, 3);
  await select(panel, /binary/);
  await frameOf(panel).getByRole('tab', { name: 'Image' }).click();
  const image = frameOf(panel).getByRole('img');
  await until('the image has its size', async () => {
    const size = await image.evaluate((element) => [
      (element as HTMLImageElement).naturalWidth,
      (element as HTMLImageElement).naturalHeight,
    ]);
    return size.join() === '30,20' || undefined;
  });
});

test('a JSON message of 50 MB opens, and is searched to its end', async ({ session, demo }) => {
  test.slow();
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    const item = JSON.stringify({ name: 'x'.repeat(80), nested: { a: [1, 2, 3], b: null } });
    const items = Array.from({ length: 50e6 / (item.length + 1) }, () => item);
    socket.send(`{"items":[${items.join(',')}],"end":"the needle"}`);
  }, `${demo.wsUrl}/echo`);
  await whenFrames(panel, 2, 30_000);
  await select(panel, /^Sent/);
  const tree = frameOf(panel).getByRole('tree');
  await tree.getByRole('treeitem', { name: /the needle/ }).waitFor({ timeout: 60_000 });
  await tree.getByRole('treeitem', { name: /^items/ }).click();
  await tree
    .getByRole('treeitem', { name: /0…999|0 ?[…–-] ?/ })
    .first()
    .waitFor();
  const box = frameOf(panel).getByRole('searchbox', { name: 'Search in this frame' });
  await box.fill('needle');
  await box.press('Enter');
  const result = frameOf(panel).getByRole('status', { name: 'Search result' });
  await until('found', async () => (await result.textContent()) === '1 of 1' || undefined, 60_000);
});
