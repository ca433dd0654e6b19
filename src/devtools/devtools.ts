import browser from 'webextension-polyfill';
import { createClient } from '../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../core/messages/store';
import { backgroundLink } from './backgroundLink';
import { inspectedTab } from './inspected';
import { directLink } from './link';
import { networkLog } from './network/network-log';
import { NetworkSource } from './network/network-source';
import { givePorts } from './panelPorts';
import { Recorder } from './recorder';
import { loadSettings, saveSettings, watchSettings } from './settings';
import { applySites } from './sites';
import { makeStoreWorkers } from './storeWorkers';
import { followTheme } from './theme';
import { messageTransport } from './transport';

const worker = new Worker(new URL('../store/worker.ts', import.meta.url), { type: 'module' });
makeStoreWorkers(worker);
const store = createClient<StoreCalls, StoreEvents>(messageTransport(worker));
const { tabId } = browser.devtools.inspectedWindow;
// What the polyfill lacks.
const { devtools } = (globalThis as { browser?: typeof chrome }).browser ?? chrome;
const theme = followTheme(devtools.panels as Parameters<typeof followTheme>[0]);

const recorder = Promise.all([loadSettings(), inspectedTab(tabId)]).then(([settings, inspected]) => {
  // Devtools pages of Firefox have no `tabs`.
  const link = browser.tabs ? directLink(tabId) : backgroundLink(tabId);
  const network = new NetworkSource({
    store,
    log: networkLog(
      devtools.network as Parameters<typeof networkLog>[0],
      browser.runtime.getURL(''),
      browser.tabs !== undefined,
    ),
    now: Date.now,
    later: (run, ms) => void setTimeout(run, ms),
  });
  return new Recorder({ store, link, network, inspected, settings, save: saveSettings, applySites });
});

async function addPanel(): Promise<void> {
  const panel = await browser.devtools.panels.create('Framescope', '/icons/32.png', '/src/panel/panel.html');
  // Before anything else is waited for: the panel may be shown at once, and is told of it once only.
  givePorts(
    panel,
    (port) => worker.postMessage({ type: 'port' }, [port]),
    (port) => void recorder.then((made) => made.serve(messageTransport(port))),
    theme,
  );
}

async function record(): Promise<void> {
  const made = await recorder;
  watchSettings((changed) => made.apply(changed));
  await made.start();
}

await Promise.all([addPanel(), record()]);
