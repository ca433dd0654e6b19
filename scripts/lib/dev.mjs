import { join } from 'node:path';
import { cleanUpAtEnd } from './cleanup.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { NO_CHROMIUM, provideChromium } from './install-browser.mjs';
import { openChromium, selectPanel } from './open-chromium.mjs';
import { reloadExtension } from './reload-extension.mjs';
import { root, runNode } from './run.mjs';
import { startDemo } from './start-demo.mjs';
import { hasDisplay } from './start-options.mjs';
import { watchSources } from './watch-sources.mjs';

const build = async () => (await runNode(join(root, 'scripts/build.mjs'), ['chromium'])) === 0;

/** Shows `url` with the panel selected, and lets go of the browser, so that it is the user's own. */
async function show({ connect }, url) {
  const { page, devtools, disconnect } = await connect();
  await selectPanel(devtools);
  if (page.url() !== url) await page.goto(url);
  await disconnect();
}

/** `npm run dev`. */
export async function dev() {
  cleanUpAtEnd();
  await ensureDependencies();
  if (!(await build())) throw new Error('The build failed; see above.');
  const executable = await provideChromium();
  if (!executable) throw new Error(NO_CHROMIUM);
  const demo = await startDemo();
  const extension = join(root, 'dist/chromium');
  const opened = await openChromium({ executable, extension, headless: !hasDisplay() });
  opened.child.once('exit', () => process.exit(0));
  await show(opened, `${demo.url}/`);
  console.log(`The demo is at ${demo.url}/. Watching src, public and the manifest; Ctrl+C ends this.`);

  watchSources(async (file) => {
    console.log(`\n${file} changed, building…`);
    if (!(await build())) {
      console.error('The build failed; the browser keeps what it has. Waiting for the next change.');
      return;
    }
    const url = await reloadExtension(opened.connect);
    await show(opened, url);
    console.log('The extension was reloaded.');
  });
}
