import browser from 'webextension-polyfill';
import { applyOff, readOffSettings, type Scripting, SETTINGS_KEY } from '../core/sites/offScript';

/** Browsers forget registered content scripts when an extension is updated: sites that were off stay off. */
export function stayOff(): void {
  browser.runtime.onInstalled.addListener(async () => {
    const { [SETTINGS_KEY]: stored } = await browser.storage.local.get(SETTINGS_KEY);
    await applyOff(readOffSettings(stored), browser.scripting as unknown as Scripting);
  });
}
