import { once } from 'node:events';
import { join } from 'node:path';
import { cleanUpAtEnd } from './cleanup.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { NO_CHROMIUM, provideChromium } from './install-browser.mjs';
import { makeProfile, openChromium, selectPanel } from './open-chromium.mjs';
import { root, runNode } from './run.mjs';
import { startDemo } from './start-demo.mjs';
import { hasDisplay } from './start-options.mjs';
import { watchSources } from './watch-sources.mjs';

const build = async () => (await runNode(join(root, 'scripts/build.mjs'), ['chromium'])) === 0;

/**
 * Opens `url` with the panel selected, and lets go of the browser, so that it is the user's own. `restart` ends it and
 * gives the address that its tab had last.
 */
async function open(options, url) {
  const { child, kill, connect } = await openChromium(options);
  const { page, devtools, disconnect } = await connect();
  await selectPanel(devtools);
  await page.goto(url);
  await disconnect();
  const closedByUser = () => process.exit(0);
  child.once('exit', closedByUser);
  return {
    async end() {
      const connection = await connect();
      const last = connection.page.url();
      await connection.disconnect();
      child.off('exit', closedByUser);
      const gone = once(child, 'exit');
      kill();
      await gone;
      return last;
    },
  };
}

/**
 * `npm run dev`. After a change the browser is started anew on the same profile: an extension that reloads takes its
 * DevTools window down with it.
 */
export async function dev() {
  cleanUpAtEnd();
  await ensureDependencies();
  if (!(await build())) throw new Error('The build failed; see above.');
  const executable = await provideChromium();
  if (!executable) throw new Error(NO_CHROMIUM);
  const demo = await startDemo();
  const options = {
    executable,
    extension: join(root, 'dist/chromium'),
    headless: !hasDisplay(),
    profile: makeProfile(executable),
  };
  let opened = await open(options, `${demo.url}/`);
  console.log(`The demo is at ${demo.url}/. Watching src, public and the manifest; Ctrl+C ends this.`);

  watchSources(async (file) => {
    console.log(`\n${file} changed, building…`);
    if (!(await build())) {
      console.error('The build failed; the browser keeps what it has. Waiting for the next change.');
      return;
    }
    opened = await open(options, await opened.end());
    console.log('The browser has the new build.');
  });
}
