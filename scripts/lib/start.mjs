import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cleanUpAtEnd } from './cleanup.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { browserVersion } from './find-browser.mjs';
import { NO_CHROMIUM, NO_FIREFOX, provideChromium, provideFirefox } from './install-browser.mjs';
import { openInChromium } from './open-in-chromium.mjs';
import { openInFirefox } from './open-in-firefox.mjs';
import { root, runNode } from './run.mjs';
import { startDemo } from './start-demo.mjs';
import { startOptions, USAGE } from './start-options.mjs';
import { watchPanel } from './watch-panel.mjs';

async function build(browser) {
  console.log('Building the extension…');
  if ((await runNode(join(root, 'scripts/build.mjs'), [browser])) === 0) return;
  console.error('The build failed; see above.');
  process.exit(1);
}

/** Says so where the browser is older than the extension needs; it would refuse the extension without a word. */
function warnIfTooOld(extension, version) {
  const { minimum_chrome_version: needed } = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8'));
  const major = Number(/(\d+)\./.exec(version ?? '')?.[1]);
  if (needed && major < Number.parseInt(needed, 10)) {
    console.warn(`This browser is ${version}; the extension needs version ${needed} or later and may not load.`);
  }
}

/** `npm start`: installs, builds, starts the demo, and opens it in a browser with the panel shown. */
export async function start(args) {
  const options = startOptions(args);
  if (options.help) {
    console.log(USAGE);
    return;
  }
  cleanUpAtEnd();
  await ensureDependencies();
  if (options.build) await build(options.browser);
  const extension = join(root, 'dist', options.browser);
  if (!existsSync(extension)) throw new Error(`${extension} is missing: run npm run build.`);
  const firefox = options.browser === 'firefox';
  const executable = await (firefox ? provideFirefox() : provideChromium());
  if (!executable) throw new Error(firefox ? NO_FIREFOX : NO_CHROMIUM);
  const version = browserVersion(executable);
  if (!firefox) warnIfTooOld(extension, version);

  const demo = await startDemo();
  const url = `${demo.url}/${options.rate ? `?rate=${options.rate}` : ''}`;
  console.log(`The demo is at ${url}`);
  console.log(`Opening ${version ?? executable}${options.headless ? ', without a window' : ''}…`);
  const open = firefox ? openInFirefox : openInChromium;
  const opened = await open({ executable, extension, url, headless: options.headless });
  const ended = opened.ended.then(() => {
    console.log('The browser was closed.');
    process.exit(options.once ? 1 : 0);
  });
  if (!options.headless) {
    console.log('DevTools is open with the Framescope tab selected. Ctrl+C here, or closing the browser, ends this.');
    await ended;
    return;
  }

  const picture = join(root, 'artifacts', `framescope-${options.browser}.png`);
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  const frames = await watchPanel({
    readCounts: opened.readCounts,
    async screenshot() {
      await opened.screenshot(picture);
      console.log(
        `A screenshot of the panel is in ${relative(process.cwd(), picture)}${options.once ? '' : '; Ctrl+C ends this'}`,
      );
    },
    once: options.once,
  });
  if (frames > 0) {
    console.log(`Recorded ${frames.toLocaleString('en')} frames.`);
    process.exit(0);
  }
  console.error('No frames were recorded: the panel counts none although the demo sends some. See the screenshot.');
  process.exit(1);
}
