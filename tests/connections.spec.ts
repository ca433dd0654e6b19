import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { filterTo, whenSaid } from '../src/testing/frame-rows';
import { converse } from '../src/testing/page-sockets';

const gridOf = (panel: Panel) => panel.getByRole('grid', { name: 'Connections' });

/** The cells of a connection but its age, by what its name has. */
async function cellsOf(panel: Panel, name: RegExp): Promise<string[]> {
  const cells = await gridOf(panel).getByRole('row', { name }).getByRole('gridcell').allTextContents();
  return cells.slice(0, 5);
}

test('connections are listed with state, counts and size, and chosen one by one @both', async ({
  panel,
  tab,
  demo,
}) => {
  const url = (room: string) => `${demo.wsUrl}/echo?room=${room}`;
  await tab.evaluate(converse, { url: url('blue'), texts: ['a', 'bé'] });
  await tab.evaluate(converse, { url: url('green'), texts: ['x'.repeat(700)] });
  const blue = () => cellsOf(panel, /blue/);
  await expect.poll(blue).toEqual([expect.stringMatching(/echo\?room=blue$/), 'open', '2', '2', '8 B']);
  await expect
    .poll(() => cellsOf(panel, /green/))
    .toEqual([expect.stringMatching(/echo\?room=green$/), 'open', '1', '1', '1.4 kB']);
  const headers = await gridOf(panel).getByRole('columnheader').allTextContents();
  expect(headers.slice(0, 5)).toEqual(['Name', 'State', 'Sent', 'Received', 'Size']);

  const all = panel.getByRole('button', { name: 'All connections', exact: true });
  expect(await all.getAttribute('aria-pressed')).toBe('true');
  await gridOf(panel).getByRole('row', { name: /blue/ }).click();
  await filterTo(panel, 'kind:text', ['a', 'bé', 'a', 'bé']);
  expect(await all.getAttribute('aria-pressed')).toBe('false');
  await gridOf(panel).getByRole('row', { name: /green/ }).click();
  await whenSaid(panel, [/^x+/, /^x+/]);
  await all.click();
  await whenSaid(panel, ['a', 'bé', 'a', 'bé', /^x+/, /^x+/]);

  await tab.evaluate(() => (globalThis as { sockets?: WebSocket[] }).sockets?.[0]?.close(4321, 'enough'));
  await expect.poll(async () => (await blue())[1]).toBe('closed 4321');
  expect((await cellsOf(panel, /green/))[1]).toBe('open');
});
