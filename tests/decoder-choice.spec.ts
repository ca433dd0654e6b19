import { encode } from '@msgpack/msgpack';
import type { Panel, PanelLocator } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { drawnCells } from '../src/testing/frame-rows';
import { converse } from '../src/testing/page-sockets';
import { whenRows } from '../src/testing/when-rows';

const frameOf = (panel: Panel) => panel.getByRole('region', { name: 'Frame', exact: true });
const decoderOf = (panel: Panel) => frameOf(panel).getByRole('combobox', { name: 'Decoder of this connection' });

/** Chooses the option of a select that has this value, as a user does. */
async function choose(select: PanelLocator, value: string): Promise<void> {
  await select.locator(`option[value="${value}"]`).evaluate((element) => {
    (element as unknown as HTMLOptionElement).selected = true;
    element.closest('select')?.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** Waits until rows and tree of the selected frame are as this decoder makes them. */
async function whenDecoded(panel: Panel, decoder: string, said: RegExp, row: RegExp, tree: RegExp): Promise<void> {
  await expect.poll(() => decoderOf(panel).inputValue()).toBe(decoder);
  await expect.poll(() => frameOf(panel).locator('.reason').textContent()).toMatch(said);
  await expect
    .poll(async () => (await frameOf(panel).getByRole('treeitem').allTextContents()).join('\n'))
    .toMatch(tree);
  await expect
    .poll(async () => (await drawnCells(panel)).slice(1))
    .toEqual([expect.stringMatching(row), expect.stringMatching(row)]);
}

async function select(panel: Panel, row: RegExp): Promise<void> {
  await panel.getByRole('grid', { name: 'Frames' }).getByRole('row', { name: row }).first().click();
  await frameOf(panel).getByRole('tab', { name: 'Decoded' }).click();
}

test('another decoder is chosen for a connection, remembered, and taken back, with the reason of each @both', async ({
  session,
  tab,
  demo,
}) => {
  const bytes = encode({ fruit: 'papaya', ripe: true });
  const hex = new RegExp(
    Buffer.from(bytes)
      .toString('hex')
      .replace(/..(?!$)/g, '$& ?')
      .slice(0, 24),
  );
  const exchange = () => tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: [[...bytes]] });
  const automatic = ['msgpack', /messages are MessagePack/, /papaya/, /fruit.*papaya/] as const;
  const chosen = ['binary', /chosen by you/, hex, /bytes/] as const;

  const devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  await exchange();
  await whenRows(panel, 3);
  await select(panel, /papaya/);
  await whenDecoded(panel, ...automatic);
  await choose(decoderOf(panel), 'binary');
  await whenDecoded(panel, ...chosen);

  await devtools.close();
  await tab.goto(`${demo.url}/blank`);
  panel = await (await session.openDevtools(tab)).showPanel();
  await exchange();
  await whenRows(panel, 3);
  await select(panel, hex);
  await whenDecoded(panel, ...chosen);
  expect(await decoderOf(panel).locator('option[value=""]').textContent()).toBe('Automatic');
  await choose(decoderOf(panel), '');
  await whenDecoded(panel, ...automatic);
});
