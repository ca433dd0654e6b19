import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BrowserName, LaunchOptions, Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';

/** More than any browser would scroll by itself: 20 million pixels. */
const ROWS = 1_000_000;
const START = 1_767_225_600_000;

test('a list of a million rows is reached everywhere, at any device pixel ratio @both', async ({
  driver,
  extension,
  demo,
}) => {
  test.setTimeout(480_000);
  const folder = await mkdtemp(join(tmpdir(), 'framescope-list-'));
  const profileDir = join(folder, 'profile');
  try {
    const file = join(folder, 'million.ndjson');
    await pipeline(linesOfMillion(), createWriteStream(file));
    for (const ratio of [1, 1.25, 1.5, 2]) {
      const session = await driver.launch({ extension, profileDir, ...withRatio(driver.name, ratio) });
      try {
        const tab = await session.openPage(`${demo.url}/blank`);
        const panel = await (await session.openDevtools(tab)).showPanel();
        expect(await panel.evaluate(() => devicePixelRatio)).toBeCloseTo(ratio);
        if (ratio === 1) await importFile(panel, file);
        else await openEarlier(panel);
        await whenRowCount(panel, ROWS);
        await goEverywhere(panel);
      } finally {
        await session.close();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function goEverywhere(panel: Panel): Promise<void> {
  const list = panel.getByRole('grid', { name: 'Frames' });
  await whenShown(panel, 1);
  await list.locator('.grid-layer > [role="row"]').first().click();

  await panel.press('End');
  await whenSelected(panel, ROWS);
  await panel.press('PageUp');
  const before = await whenSelectedOther(panel, ROWS);
  await panel.press('PageDown');
  await whenSelected(panel, ROWS);
  await panel.press('Home');
  await whenSelected(panel, 1);

  await panel.press('Control+j');
  const dialog = panel.getByRole('dialog', { name: 'Go to' });
  await dialog.getByRole('textbox').fill('777777');
  await panel.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await whenSelected(panel, 777_777);
  // A page down and a page up end where they began, also where a pixel of the scrollbar is many rows.
  const page = ROWS - before;
  for (let pages = 1; pages <= 3; pages++) {
    await panel.press('PageDown');
    await whenSelected(panel, 777_777 + pages * page);
  }
  for (let pages = 2; pages >= 0; pages--) {
    await panel.press('PageUp');
    await whenSelected(panel, 777_777 + pages * page);
  }
  await panel.press('ArrowDown');
  await whenSelected(panel, 777_778);

  // The wheel moves by its own pixels in the middle, neither by none nor by thousands of rows.
  const top = (await shown(panel))[0];
  await panel.evaluate(wheel, 60);
  await until('the wheel goes on', async () => (await shown(panel))[0].row === top.row + 3 || undefined);
  await panel.evaluate(wheel, -60);
  await until('the wheel goes back', async () => (await shown(panel))[0].row === top.row || undefined);

  // The scrollbar reaches the last row and the first.
  await panel.evaluate(scrollTo, 1);
  await whenShown(panel, ROWS);
  await panel.evaluate(scrollTo, 0.5);
  await until('the middle', async () => Math.abs((await shown(panel))[0].row - ROWS / 2) < 100 || undefined);
  await panel.evaluate(scrollTo, 0);
  await whenShown(panel, 1);
}

/** A row that is drawn: what it says, what it is said to be, and where it lies below the one before. */
interface Shown {
  row: number;
  index: number;
  selected: boolean;
  /** Whether all of it is within the list. */
  whole: boolean;
}

/** The rows that are drawn, none of them blank, each 20 px below the one before. */
async function shown(panel: Panel): Promise<Shown[]> {
  const rows = await until('rows with their content', async () => {
    const { list, blank } = await panel.evaluate(readRows);
    return blank || list.length === 0 ? undefined : list;
  });
  for (const [at, { row, index, top }] of rows.entries()) {
    expect(index, 'aria-rowindex counts the header').toBe(row + 1);
    if (at === 0) continue;
    expect(row).toBe(rows[at - 1].row + 1);
    expect(top - rows[at - 1].top).toBeCloseTo(20, 1);
  }
  return rows;
}

/** Runs in the panel. */
function readRows() {
  const grid = document.querySelector('[role="grid"][aria-label="Frames"]') as HTMLElement;
  const box = grid.getBoundingClientRect();
  const header = grid.querySelector('.grid-header')?.getBoundingClientRect().bottom ?? box.top;
  const rows = [...grid.querySelectorAll('.grid-layer > [role="row"]')];
  const list = rows.map((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return {
      row: Number(/row (\d+)/.exec(element.querySelector('.col-data')?.textContent ?? '')?.[1] ?? Number.NaN),
      index: Number(element.getAttribute('aria-rowindex')),
      selected: element.getAttribute('aria-selected') === 'true',
      whole: top > header - 1 && bottom < box.top + grid.clientHeight + 1,
      top,
    };
  });
  return { list, blank: list.some(({ row }) => Number.isNaN(row)) };
}

/** Runs in the panel. */
function wheel(deltaY: number): void {
  const grid = document.querySelector('[role="grid"][aria-label="Frames"]') as HTMLElement;
  grid.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true }));
}

/** Runs in the panel. */
function scrollTo(part: number): void {
  const grid = document.querySelector('[role="grid"][aria-label="Frames"]') as HTMLElement;
  grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * part;
}

const whenShown = (panel: Panel, row: number) =>
  until(
    `row ${row} is shown whole`,
    async () => (await shown(panel)).some((one) => one.row === row && one.whole) || undefined,
  );

const whenSelected = (panel: Panel, row: number) =>
  until(
    `row ${row} is selected and shown whole`,
    async () => (await shown(panel)).some((one) => one.row === row && one.selected && one.whole) || undefined,
  );

/** The selected row, once it is another than this. */
const whenSelectedOther = (panel: Panel, row: number) =>
  until(`another row than ${row} is selected`, async () => {
    const selected = (await shown(panel)).find((one) => one.selected);
    return selected !== undefined && selected.row !== row ? selected.row : undefined;
  });

const whenRowCount = (panel: Panel, rows: number) =>
  until(
    `${rows} rows`,
    async () => {
      const count = await panel.getByRole('grid', { name: 'Frames' }).getAttribute('aria-rowcount');
      return Number(count) === rows + 1 || undefined;
    },
    120_000,
  );

async function importFile(panel: Panel, file: string): Promise<void> {
  await panel.chooseFiles(() => panel.getByRole('button', { name: 'Import', exact: true }).click(), [file]);
}

async function openEarlier(panel: Panel): Promise<void> {
  await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
  const sessions = panel.getByRole('grid', { name: 'Sessions' });
  await sessions
    .getByRole('row', { name: /1,000,000/ })
    .first()
    .getByRole('button', { name: 'Open' })
    .click();
}

/** How a browser is told another device pixel ratio. */
function withRatio(browser: BrowserName, ratio: number): Partial<LaunchOptions> {
  return browser === 'firefox'
    ? { prefs: { 'layout.css.devPixelsPerPx': String(ratio) } }
    : { args: [`--force-device-scale-factor=${ratio}`] };
}

/** A file in our own format: a million short messages, each of which says its row. */
function* linesOfMillion(): Generator<string> {
  const connection = {
    type: 'connection',
    id: 1,
    document: 0,
    url: 'wss://example.com/million',
    protocols: [],
    protocol: '',
    extensions: '',
    state: 'closed',
    source: 'page',
    readOnly: false,
    byUser: false,
    createdAt: START,
    openedAt: START,
    closedAt: null,
    close: null,
    failure: null,
    sentFrames: 0,
    receivedFrames: ROWS,
    sentBytes: 0,
    receivedBytes: 0,
    initiator: null,
    handshake: null,
  };
  const header = { type: 'header', format: 'framescope', version: 1, session: { name: 'million' } };
  const document = {
    type: 'document',
    id: 0,
    url: 'https://example.com/',
    kind: 'document',
    frameId: 0,
    ancestors: [],
  };
  yield `${[header, document, connection].map((line) => JSON.stringify(line)).join('\n')}\n`;
  const frame = { type: 'frame', time: 0, connection: 1, direction: 'received', kind: 'text', length: 0, text: '' };
  for (let row = 1; row <= ROWS; ) {
    let chunk = '';
    for (const end = Math.min(row + 1000, ROWS + 1); row < end; row++) {
      const text = `row ${row}`;
      chunk += `${JSON.stringify({ ...frame, time: START + row, length: text.length, text })}\n`;
    }
    yield chunk;
  }
  yield '{"type":"end"}\n';
}
