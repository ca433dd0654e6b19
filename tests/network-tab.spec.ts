import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChromiumDevtools } from '../src/testing/chromium/chromium-devtools';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { saveAs, whenFrames } from '../src/testing/recorded';

test('Chromium’s own Network tab imports an exported HAR and shows its messages', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = (await session.openDevtools(tab)) as ChromiumDevtools;
  const panel = await devtools.showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['{"told":1}', 'hello'] });
  await whenFrames(panel, 5);
  const file = await saveAs(panel, 'HAR');
  const path = join(tmpdir(), `framescope-${process.pid}-${file.name}`);
  await writeFile(path, file.bytes);
  try {
    await devtools.showOther('Network');
    const { page } = devtools;
    await page.getByRole('button', { name: /^Clear network log/ }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^Import HAR/ }).click();
    await (await chooser).setFiles(path);
    await page.locator('td.name-column', { hasText: 'echo' }).click();
    await page.getByRole('tab', { name: 'Messages' }).click();
    const texts = await until('four messages', async () => {
      const found = await page.locator('td.data-column').allTextContents();
      const told = found.filter((text) => text !== '');
      return told.length === 4 ? told : undefined;
    });
    expect(texts).toEqual(['{"told":1}', 'hello', '{"told":1}', 'hello']);
  } finally {
    await rm(path, { force: true });
  }
});
