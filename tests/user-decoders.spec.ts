import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { gzipSync } from 'fflate';
import type { PageHandle, Panel, PanelLocator } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { type Served, serve } from '../src/testing/serve';
import { showThemed } from '../src/testing/show-themed';

const frameOf = (panel: Panel) => panel.getByRole('region', { name: 'Frame', exact: true });
const gridOf = (panel: Panel) => panel.getByRole('grid', { name: 'Frames' });
const dialogOf = (panel: Panel) => panel.getByRole('dialog', { name: 'Your decoders' });
const codeOf = (panel: Panel) => dialogOf(panel).getByRole('textbox', { name: 'Function' });
const rowsOf = async (panel: Panel) => Number(await gridOf(panel).getAttribute('aria-rowcount')) - 1;

/** Has the page say something to the echo endpoint; each text is in the log twice then. */
async function say(tab: PageHandle, panel: Panel, wsUrl: string, texts: string[]): Promise<void> {
  await tab.evaluate(converse, { url: `${wsUrl}/echo`, texts });
  await whenFrames(panel, texts.length * 2 + 1);
}

async function select(panel: Panel, row: string | RegExp): Promise<void> {
  await gridOf(panel).getByRole('row', { name: row }).first().click();
  await frameOf(panel).getByRole('tab', { name: 'Decoded' }).click();
}

async function openEditor(panel: Panel, make: 'New function' | 'New pipeline'): Promise<PanelLocator> {
  await frameOf(panel).getByRole('button', { name: 'Yours…' }).click();
  const dialog = dialogOf(panel);
  await dialog.getByRole('button', { name: make }).click();
  return dialog;
}

/** Saves the draft, which nothing is wrong with, and has the URL of the selected frame, or a pattern, read by it. */
async function saveAndUse(panel: Panel, pattern?: string): Promise<void> {
  const dialog = dialogOf(panel);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('status', { name: 'Saved' }).waitFor();
  if (pattern) await dialog.getByRole('textbox', { name: 'URL pattern' }).fill(pattern);
  await dialog.getByRole('button', { name: 'Use', exact: true }).click();
  await until('that it is used', async () =>
    (await dialog.getByRole('status', { name: 'Use', exact: true }).textContent()) ? true : undefined,
  );
  await dialog.getByRole('button', { name: 'Close your decoders' }).click();
}

/** Waits until a leaf of the tree says this after its name. */
function whenLeaf(panel: Panel, name: string, said: string): Promise<true> {
  const item = frameOf(panel).getByRole('treeitem', { name: new RegExp(`^${name}:`) });
  return until(`${name}: ${said}`, async () => {
    const [text] = await item.allTextContents();
    return text?.replace(/^.*?:\s*/, '').includes(said) || undefined;
  });
}

const choose = (select: PanelLocator, value: string) =>
  select.evaluate(
    // The text of this function goes to the panel without what is around it.
    new Function(
      'select',
      `select.value = ${JSON.stringify(value)}; select.dispatchEvent(new Event('change', { bubbles: true }));`,
    ) as (element: HTMLElement | SVGElement) => void,
  );

test('a function is written, read by, searched and found again when DevTools is reopened @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  await say(tab, panel, demo.wsUrl, ['a=1;b=2', 'a=7;b=9', 'c']);
  await select(panel, 'a=7');
  const dialog = await openEditor(panel, 'New function');
  // What stands there at first works.
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = dialog.getByRole('status', { name: 'Saved' });
  await until(
    'it is tried on the frame',
    async () => (await saved.textContent())?.includes('{length: 7, words: ["a", "7", "b", "9"]}') || undefined,
  );
  await codeOf(panel).fill(`const parse = (pair) => pair.split('=');
async function decode({ text, direction, url, subprotocol }) {
  if (text === 'c') throw new RangeError('nothing to see');
  const value = Object.fromEntries(text.split(';').map(parse));
  return { value: { ...value, from: [direction, new URLSearchParams('q=x').get('q'), subprotocol] },
    summary: \`pairs \${Object.keys(value)}\`, kind: 'pairs' };
}`);
  await saveAndUse(panel);
  await gridOf(panel)
    .getByRole('row', { name: /pairs a,b/ })
    .first()
    .waitFor();
  await whenLeaf(panel, 'b', '9');
  await select(panel, /^Sent.*\bc\b|\bc\b/);
  const problem = frameOf(panel).getByRole('tabpanel').locator('.problem');
  await expect.poll(() => problem.textContent()).toBe('My decoder failed in line 3: RangeError: nothing to see');
  // The filter searches what it says: by value, by kind, and by a regex, which is tried in another Worker.
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  for (const [query, rows] of [
    ['$.b:9', 2],
    ['kind:pairs', 4],
    ['/pairs a,[b]/', 4],
  ] as const) {
    await box.fill(query);
    await until(`${rows} rows of ${query}`, async () => (await rowsOf(panel)) === rows || undefined);
  }
  await devtools.close();
  panel = await (await session.openDevtools(tab)).showPanel();
  await say(tab, panel, demo.wsUrl, ['a=3;b=4']);
  await gridOf(panel)
    .getByRole('row', { name: /pairs a,b/ })
    .first()
    .waitFor();
});

test('a function that never ends is stopped and named, and nothing else stops @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await say(tab, panel, demo.wsUrl, ['stay', 'loop', 'go']);
  await select(panel, 'loop');
  await openEditor(panel, 'New function');
  await codeOf(panel).fill("function decode({ text }) { while (text === 'loop'); return { said: text }; }");
  const dialog = dialogOf(panel);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = dialog.getByRole('status', { name: 'Saved' });
  await saved.waitFor();
  await until('what came of the frame', async () => /stopped/.test((await saved.textContent()) ?? '') || undefined);
  await dialog.getByRole('button', { name: 'Use', exact: true }).click();
  await dialog.getByRole('button', { name: 'Close your decoders' }).click();
  // The others are read by a sandbox that was made anew.
  await gridOf(panel)
    .getByRole('row', { name: /said: "go"/ })
    .first()
    .waitFor();
  await select(panel, /said: "stay"/);
  await whenLeaf(panel, 'said', 'stay');
  await select(panel, /\bloop\b/);
  const problem = frameOf(panel).getByRole('tabpanel').locator('.problem');
  await expect.poll(() => problem.textContent()).toMatch(/^My decoder:? (it )?did not end within 1000 ms on frame \d/i);
  // Recording went on, and so does the panel.
  await say(tab, panel, demo.wsUrl, ['later']);
  await gridOf(panel).getByRole('row', { name: /later/ }).first().waitFor();
});

test('the code of a function that never ends is given up too', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await say(tab, panel, demo.wsUrl, ['x']);
  await select(panel, 'x');
  const dialog = await openEditor(panel, 'New function');
  await codeOf(panel).fill('for (;;);\nfunction decode() {}');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect
    .poll(() => dialog.getByRole('alert').textContent())
    .toBe('The code did not end within 3000 ms when it was first run');
});

test.describe('a function', () => {
  // Firefox says what the policy of the sandbox held back.
  test.use({ allowedProblems: [/blocked a script .*\/sandbox\/sandbox\.html/] });
  let served: Served;
  const asked: string[] = [];
  test.beforeAll(async () => {
    served = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' });
      response.end('export default 1');
    });
    served.server.on('upgrade', (request, socket) => {
      asked.push(request.url ?? '');
      socket.destroy();
    });
  });
  test.afterAll(() => served.close());

  test('has no extension, no page, no panel and no network @both', async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/blank`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    await say(tab, panel, demo.wsUrl, ['x']);
    await select(panel, 'x');
    await openEditor(panel, 'New function');
    const extension = await panel.evaluate<string>('location.origin');
    const outside = served.url;
    await codeOf(panel).fill(`
const tries = {
  // By ways around the names that were taken away, too.
  fetches: () => fetch('${extension}/manifest.json'),
  fetchesBack: () => Object.getPrototypeOf(Object.getPrototypeOf(globalThis)).fetch('${extension}/manifest.json'),
  importsPanel: () => import('${extension}/src/panel/panel.html'),
  importsOutside: () => import('${outside}/module.js'),
  importsByText: () => Function("return import('${outside}/text.js')")(),
  asks: () => { const request = new XMLHttpRequest(); request.open('GET', '${outside}/xhr', false); request.send(); },
  opens: () => new WebSocket('${outside.replace('http', 'ws')}/socket'),
  scripts: () => importScripts('${outside}/script.js'),
  works: () => new Worker('data:text/javascript,1'),
  tells: () => new BroadcastChannel('framescope sessions').postMessage(null),
  says: () => postMessage('forged'),
  listens: () => addEventListener('message', () => 1),
  beacons: () => navigator.sendBeacon('${outside}/beacon'),
  keeps: () => indexedDB.open('framescope'),
  caches: () => caches.open('x'),
  fonts: () => new FontFace('x', 'url(${outside}/font)').load(),
  place: () => location.href,
  parents: () => parent.document.title,
};
const gone = ['chrome', 'browser', 'window', 'document', 'parent', 'top', 'frames', 'opener', 'self', 'localStorage', 'fetch', 'importScripts'];
async function decode() {
  const result = { there: gone.filter((name) => name in globalThis), reached: [] };
  for (const [name, run] of Object.entries(tries)) {
    try { await run(); result.reached.push(name); } catch {}
  }
  result.unknown = Object.getOwnPropertyNames(globalThis).filter((name) => /^(on|webkit|Web[^A]|Worker|Message|Event)/.test(name));
  result.sum = Function('return 1 + 1')();
  return { value: JSON.stringify(result), kind: 'reached' };
}`);
    await saveAndUse(panel);
    const row = gridOf(panel).getByRole('row', { name: /reached":/ });
    await row.first().waitFor();
    const text = await until('what it tells, in the tree', async () => {
      const [text] = await frameOf(panel).getByRole('treeitem').allTextContents();
      return text?.includes('"reached"') ? text : undefined;
    });
    const told: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    expect(told).toEqual({ there: [], reached: [], unknown: [], sum: 2 });
    expect(asked).toEqual([]);
  });
});

test('broken code is told beside the editor and kept; decoders go out as text and come back @both', async ({
  session,
  demo,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'framescope-decoders-'));
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  await say(tab, panel, demo.wsUrl, ['{"n":1}']);
  await select(panel, '"n":1');
  let dialog = await openEditor(panel, 'New function');
  const broken = 'function decode() {\n  return { n: 1;\n}\n';
  await codeOf(panel).fill(broken);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Halves');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => dialog.getByRole('alert').textContent()).toMatch(/^Line 2: SyntaxError: /);
  await dialog.getByRole('button', { name: 'Line 2' }).click();
  const chosen = () =>
    codeOf(panel).evaluate((area) => {
      const { value, selectionStart, selectionEnd } = area as HTMLTextAreaElement;
      return value.slice(selectionStart, selectionEnd);
    });
  await expect.poll(chosen).toBe('  return { n: 1;');
  expect(await codeOf(panel).inputValue()).toBe(broken);
  await devtools.close();

  panel = await (await session.openDevtools(tab)).showPanel();
  await say(tab, panel, demo.wsUrl, ['{"n":2}']);
  await select(panel, '"n":2');
  await frameOf(panel).getByRole('button', { name: 'Yours…' }).click();
  dialog = dialogOf(panel);
  await until('the code of before', async () => (await codeOf(panel).inputValue()) === broken || undefined);
  const { name, bytes } = await panel.download(() => dialog.getByRole('button', { name: 'Export' }).click());
  expect([name, bytes.toString()]).toEqual(['Halves.js', `// Framescope decoder: Halves\n${broken}`]);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await codeOf(panel).waitFor({ state: 'detached' });
  const path = join(folder, 'other.js');
  writeFileSync(
    path,
    '// Framescope decoder: Doubles\nconst decode = ({ text }) => ({ twice: JSON.parse(text).n * 2 });\n',
  );
  await panel.chooseFiles(() => dialog.getByRole('button', { name: 'Import…' }).click(), [path]);
  await codeOf(panel).waitFor();
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Doubles');
  await saveAndUse(panel);
  await whenLeaf(panel, 'twice', '4');
  rmSync(folder, { recursive: true });
});

test('a pipeline is put together, used and found again when DevTools is reopened @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  // {"price": 17}, {"price": 42} in MessagePack.
  const packed = [17, 42].map((price) =>
    Buffer.from(gzipSync(Uint8Array.of(0x81, 0xa5, 0x70, 0x72, 0x69, 0x63, 0x65, price))).toString('base64'),
  );
  await say(
    tab,
    panel,
    demo.wsUrl,
    packed.map((data) => JSON.stringify({ data })),
  );
  await select(panel, /data/);
  const dialog = await openEditor(panel, 'New pipeline');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Packed prices');
  await choose(dialog.getByRole('combobox', { name: 'Step 1' }), 'json');
  await dialog.getByRole('textbox', { name: 'Place of what step 1 hands on' }).fill('data');
  await dialog.getByRole('button', { name: 'Add a step' }).click();
  await dialog.getByRole('button', { name: 'Add a step' }).click();
  for (const [place, id] of [
    [2, 'base64'],
    [3, 'msgpack'],
    [4, 'gzip'],
  ] as const) {
    await choose(dialog.getByRole('combobox', { name: `Step ${place}` }), id);
  }
  await dialog.getByRole('button', { name: 'Move step 4 up' }).click();
  await saveAndUse(panel, 'ws://*/echo');
  await gridOf(panel)
    .getByRole('row', { name: /\{"price":42\}/ })
    .first()
    .waitFor();
  await whenLeaf(panel, 'price', '17');
  const box = panel.getByRole('searchbox', { name: 'Filter frames' });
  await box.fill('$.price:>20');
  await until('two rows', async () => (await rowsOf(panel)) === 2 || undefined);
  await devtools.close();
  panel = await (await session.openDevtools(tab)).showPanel();
  await say(tab, panel, demo.wsUrl, [JSON.stringify({ data: packed[0] })]);
  await gridOf(panel)
    .getByRole('row', { name: /\{"price":17\}/ })
    .first()
    .waitFor();
  await select(panel, /"price":17/);
  const decoder = frameOf(panel).getByRole('combobox', { name: 'Decoder of this connection' });
  await expect.poll(() => decoder.inputValue()).toMatch(/^mine\./);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the editor is accessible (${theme})`, async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/blank`);
    const devtools = await session.openDevtools(tab);
    const panel = await showThemed(devtools, theme);
    await say(tab, panel, demo.wsUrl, ['x']);
    await select(panel, 'x');
    const dialog = await openEditor(panel, 'New function');
    await codeOf(panel).fill('function decode( {');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await panel.evaluate(axe.source);
    const check = "axe.run('dialog', { resultTypes: ['violations'] }).then((result) => result.violations)";
    const violations = await panel.evaluate<{ id: string; nodes: { target: unknown }[] }[]>(check);
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))).toEqual([]);
    await dialog.getByRole('button', { name: 'New pipeline' }).click();
    await dialog.getByRole('combobox', { name: 'Step 1' }).waitFor();
    expect(await panel.evaluate(check)).toEqual([]);
  });
}
