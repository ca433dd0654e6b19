import type { Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { whenStored } from '../src/testing/stored';
import { whenRows } from '../src/testing/when-rows';

const gridOf = (panel: Panel) => panel.getByRole('grid', { name: 'Frames' });

/** The text of the selected row, once it has this in it. */
const whenSelected = (panel: Panel, part: string) =>
  until(`${part} is selected`, async () => {
    const selected = gridOf(panel).locator('[role="row"][aria-selected="true"]');
    if ((await selected.count()) !== 1) return undefined;
    const text = (await selected.textContent()) ?? '';
    return text.includes(part) ? text : undefined;
  });

const headers = (panel: Panel) => gridOf(panel).getByRole('columnheader').allTextContents();

const whenHeaders = (panel: Panel, names: string[]) =>
  until(`columns ${names.join(', ')}`, async () => (await headers(panel)).join() === names.join() || undefined);

async function choose(panel: Panel, row: string, item: string | RegExp): Promise<void> {
  await gridOf(panel).getByRole('row', { name: row }).first().click({ button: 'right' });
  await panel.getByRole('menuitem', { name: item }).first().click();
}

/** `count` numbered texts and their echoes on one connection. */
async function numbered(
  panel: Panel,
  tab: { evaluate: (run: typeof converse, arg: Parameters<typeof converse>[0]) => Promise<void> },
  url: string,
  count: number,
): Promise<void> {
  const texts = Array.from({ length: count }, (_, at) => JSON.stringify({ type: at % 3 ? 'tick' : 'trade', n: at }));
  await tab.evaluate(converse, { url, texts });
  await whenRows(panel, 1 + 2 * count);
}

test('Find goes from match to match, counts them and hides nothing @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await numbered(panel, tab, `${demo.wsUrl}/echo`, 30);
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('dir:sent');
  await whenRows(panel, 30);
  await panel.press('Control+Shift+f');
  const box = panel.getByRole('textbox', { name: 'Find', exact: true });
  await box.fill('trade');
  const result = panel.getByRole('status', { name: 'Find result' });
  const whenResult = (text: string) =>
    until(`Find says ${text}`, async () => (await result.textContent()) === text || undefined);
  await whenResult('10 found');
  await panel.press('Enter');
  await whenSelected(panel, '"n":0}');
  await whenResult('1 of 10');
  await panel.press('Enter');
  await whenSelected(panel, '"n":3}');
  await whenResult('2 of 10');
  await panel.press('Shift+Enter');
  await panel.press('Shift+Enter');
  await whenSelected(panel, '"n":27}');
  await whenResult('10 of 10, went around the end');
  await whenRows(panel, 30);
  await box.fill('nothing like it');
  await whenResult('Not found');
  await box.fill('/(/');
  await until(
    'the broken regex is told',
    async () => /regular|regex/i.test((await result.textContent()) ?? '') || undefined,
  );
  await panel.press('Escape');
  await box.waitFor({ state: 'detached' });
});

test('goes to a row, and to a time @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await numbered(panel, tab, `${demo.wsUrl}/echo`, 200);
  await panel.getByRole('status', { name: 'Counts' }).click();
  await panel.press('Control+j');
  const dialog = panel.getByRole('dialog', { name: 'Go to' });
  await dialog.getByRole('textbox').fill('soon');
  await dialog.getByRole('button', { name: 'Go', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('textbox').fill('2');
  await panel.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const second = await whenSelected(panel, '"n":0}');
  const time = /\d\d:\d\d:\d\d\.\d{3}/.exec(second)?.[0] ?? '';
  await panel.press('End');
  await whenSelected(panel, '"n":199}');
  await panel.press('Control+j');
  await dialog.getByRole('textbox').fill(time);
  await panel.press('Enter');
  await until('the frames of that time', async () => {
    const selected = gridOf(panel).locator('[role="row"][aria-selected="true"]');
    const text = (await selected.count()) === 1 ? await selected.textContent() : '';
    return text?.includes(time) || undefined;
  });
});

test('marks with a note are found again, also in an earlier session @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  await numbered(panel, tab, `${demo.wsUrl}/echo`, 10);
  await choose(panel, '"n":4}', 'Mark with a note');
  const dialog = panel.getByRole('dialog', { name: 'Note' });
  await dialog.getByRole('textbox').fill('here it begins');
  await dialog.getByRole('button', { name: 'Mark', exact: true }).click();
  await gridOf(panel)
    .getByRole('row', { name: /here it begins/ })
    .waitFor();
  await gridOf(panel).getByRole('row', { name: '"n":7}' }).first().click();
  await panel.press('m');
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  await box.fill('is:marked');
  await whenRows(panel, 2);
  await whenStored(panel, 'marks', 2);
  await devtools.close();
  panel = await (await session.openDevtools(tab)).showPanel();
  await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
  const earlier = panel.getByRole('grid', { name: 'Sessions' }).getByRole('row', { name: /127\.0\.0\.1.* 21 / });
  await earlier.first().getByRole('button', { name: 'Open' }).click();
  await whenFrames(panel, 21);
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('is:marked');
  await whenRows(panel, 2);
  await gridOf(panel)
    .getByRole('row', { name: /here it begins/ })
    .waitFor();
});

test('sorts, and measures time from a row @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  const texts = ['middle', 'a', 'the longest of all'];
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts });
  await whenFrames(panel, 7);
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill('dir:sent');
  await whenRows(panel, 3);
  const data = async () => await gridOf(panel).locator('.row .col-data > bdi').allTextContents();
  const whenData = (wanted: string[]) =>
    until(wanted.join(), async () => (await data()).join() === wanted.join() || undefined);
  const length = gridOf(panel).getByRole('columnheader', { name: 'Length' });
  await length.click();
  await whenData(['a', 'middle', 'the longest of all']);
  await expect.poll(() => length.getAttribute('aria-sort')).toBe('ascending');
  await length.click();
  await whenData(['the longest of all', 'middle', 'a']);
  await gridOf(panel).getByRole('columnheader', { name: 'Time' }).click();
  await whenData(texts);
  await choose(panel, 'middle', 'Measure time from here');
  await until('a column with times since then', async () => {
    const since = await gridOf(panel).locator('.grid-layer .col-since').allTextContents();
    return ((await headers(panel)).includes('Since') && since.length === 3 && /^0\b/.test(since[0])) || undefined;
  });
  await choose(panel, 'middle', 'Stop measuring time');
  await until('the column is gone', async () => !(await headers(panel)).includes('Since') || undefined);
});

test('newest first, the focus stays on the selected frame while others come @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await numbered(panel, tab, `${demo.wsUrl}/echo`, 4);
  const time = gridOf(panel).getByRole('columnheader', { name: 'Time' });
  await time.click();
  // Elements of rows are used again: what is clicked must be drawn in its place.
  await until(
    'the newest is drawn first',
    async () => (await gridOf(panel).getByRole('row').nth(1).textContent())?.includes('"n":3}') || undefined,
  );
  await expect.poll(() => time.getAttribute('aria-sort')).toBe('descending');
  await gridOf(panel).getByRole('row', { name: '"n":2}' }).first().click();
  await panel.getByRole('button', { name: /Jump to latest/ }).click();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['late', 'later'] });
  await whenRows(panel, 14);
  await until('the focus is drawn on the selected frame, five rows further down', async () => {
    const rows = await panel.evaluate(() =>
      [...document.querySelectorAll('[aria-label="Frames"] .row.focused')].map((row) => [
        row.getAttribute('aria-selected'),
        row.textContent?.includes('"n":2}'),
      ]),
    );
    return rows.join() === 'true,true' || undefined;
  });
  await gridOf(panel).locator('[role="row"][aria-selected="true"]').click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Measure time from here' }).click();
  await until('a column with times since then', async () => {
    const since = await gridOf(panel).locator('[aria-selected="true"] .col-since').allTextContents();
    return (since.length === 1 && /^0\b/.test(since[0])) || undefined;
  });
  await panel.press('ArrowDown');
  await whenSelected(panel, '"n":1}');
});

test('columns are hidden, moved and resized, and stay so @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  await numbered(panel, tab, `${demo.wsUrl}/echo`, 3);
  await whenHeaders(panel, ['Direction', 'Time', 'Length', 'Kind', 'Data']);
  const header = (name: string) => gridOf(panel).getByRole('columnheader', { name, exact: true });
  await header('Length').click({ button: 'right' });
  await panel.getByRole('menuitemcheckbox', { name: 'Length' }).click();
  await whenHeaders(panel, ['Direction', 'Time', 'Kind', 'Data']);
  await header('Time').click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Move right' }).click();
  await whenHeaders(panel, ['Direction', 'Kind', 'Time', 'Data']);
  await header('Time').click({ button: 'right' });
  await panel.getByRole('menuitemcheckbox', { name: 'Delta' }).click();
  const shown = ['Direction', 'Delta', 'Kind', 'Time', 'Data'];
  await whenHeaders(panel, shown);
  await header('Kind').focus();
  await panel.press('Alt+ArrowRight');
  const width = await until('a wider column', async () => {
    const now = (await header('Kind').boundingBox())?.width ?? 0;
    return now > 130 ? now : undefined;
  });
  await devtools.close();
  panel = await (await session.openDevtools(tab)).showPanel();
  await whenHeaders(panel, shown);
  await expect.poll(async () => (await header('Kind').boundingBox())?.width).toBe(width);
  await header('Time').click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Reset columns' }).click();
  await whenHeaders(panel, ['Direction', 'Time', 'Length', 'Kind', 'Data']);
});

test('filters are saved by name, for one site or all; messages like one are hidden by one click @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await numbered(panel, tab, `${demo.wsUrl}/echo`, 6);
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  const saved = panel.getByRole('button', { name: 'Saved filters' });
  for (const [query, name, here] of [
    ['$.type:"trade"', 'Trades', false],
    ['dir:sent', 'Mine', true],
  ] as const) {
    await box.fill(query);
    await saved.click();
    await panel.getByRole('menuitem', { name: 'Save this filter' }).click();
    const dialog = panel.getByRole('dialog', { name: 'Save filter' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    if (here) await dialog.getByRole('checkbox').click();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await box.fill('');
  await whenRows(panel, 13);
  await saved.click();
  await panel.getByRole('menuitemradio', { name: 'Trades' }).click();
  await whenRows(panel, 4);
  await saved.click();
  await panel.getByRole('menuitemradio', { name: 'Mine (this site)' }).click();
  await whenRows(panel, 6);
  await box.fill('');
  await whenRows(panel, 13);
  await choose(panel, '"trade"', /^Hide/);
  await whenRows(panel, 9);
  await box.fill('');
  await whenRows(panel, 13);
  await choose(panel, '"trade"', /^Show only/);
  await whenRows(panel, 4);
  await tab.goto(`${demo.url.replace('127.0.0.1', 'localhost')}/blank`);
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['x'] });
  await until('only the filter for all sites', async () => {
    await saved.click();
    await panel.getByRole('menuitemradio', { name: 'Trades' }).waitFor();
    if ((await panel.getByRole('menuitemradio', { name: 'Mine' }).count()) === 0) return true;
    // The panel has not heard of the other site yet.
    await panel.press('Escape');
    return undefined;
  });
});

test('suggestions complete keys and values that were seen; a mistake is explained @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await numbered(panel, tab, `${demo.wsUrl}/echo`, 6);
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  await box.focus();
  await panel.type('di');
  const list = panel.getByRole('listbox', { name: 'Suggestions' });
  await list.getByRole('option', { name: /dir:/ }).first().waitFor();
  await panel.press('ArrowDown');
  await panel.press('Tab');
  await until('the key is completed', async () => (await box.inputValue()).startsWith('dir:') || undefined);
  await box.fill('');
  await panel.type('$.ty');
  await list
    .getByRole('option', { name: /\$\.type/ })
    .first()
    .waitFor();
  await box.fill('$.type:');
  await list.getByRole('option', { name: /trade/ }).first().waitFor();
  await box.fill('trade size:large');
  await until('the mistake is explained', async () => {
    const text = await panel.evaluate(() => document.querySelector('.filter-bar')?.parentElement?.textContent ?? '');
    return /size/.test(text) && /number|bytes|such as/i.test(text) ? true : undefined;
  });
  await whenRows(panel, 4);
});

test('Escape closes the help, and the keyboard is where it was', async ({ panel }) => {
  const open = panel.getByRole('button', { name: 'Filter help' });
  await open.focus();
  await panel.press('Enter');
  const help = panel.locator('dialog.help');
  await help.waitFor();
  await panel.press('Escape');
  await help.waitFor({ state: 'detached' });
  await until(
    'the button has the focus',
    async () =>
      (await panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === 'Filter help' || undefined,
  );
});
