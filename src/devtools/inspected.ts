import browser from 'webextension-polyfill';
import type { Inspected } from './recorder';

/** @param tabId the inspected tab, as the recorder sees it */
export async function inspectedTab(tabId: number): Promise<Inspected> {
  return {
    site: async () => {
      const [host] = await browser.devtools.inspectedWindow.eval(
        'location.protocol === "file:" ? "file:" : location.host',
      );
      return typeof host === 'string' ? host : '';
    },
    reload: () => void browser.devtools.inspectedWindow.reload(),
    openSource: (url, line, column) => {
      // Not in the polyfill, and not in Firefox.
      const { panels } = (globalThis as { chrome?: typeof chrome }).chrome?.devtools ?? {};
      panels?.openResource?.(url, line - 1, column - 1, () => undefined);
    },
    privateWindow: await isPrivate(tabId),
    unseen: [],
  };
}

async function isPrivate(tabId: number): Promise<boolean> {
  if (browser.extension.inIncognitoContext) return true;
  // Devtools pages of Firefox have no `tabs`; there the context above tells.
  return browser.tabs ? (await browser.tabs.get(tabId)).incognito : false;
}
