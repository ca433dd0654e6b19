import browser from 'webextension-polyfill';
import type { TabFacts, TabQuestion } from '../core/messages/background';
import { injectLate } from './inject-late';
import type { Inspected } from './recorder';
import { UNSEEN } from './unseen';

/** @param tabId the inspected tab */
export async function inspectedTab(tabId: number): Promise<Inspected> {
  // Devtools pages of Firefox have no `tabs`. Not by `eval`, whose answer never comes when the page navigates.
  // Not in the polyfill, and not in Firefox.
  const { panels } = (globalThis as { chrome?: typeof chrome }).chrome?.devtools ?? {};
  const tab = browser.tabs ? await browser.tabs.get(tabId) : null;
  return {
    site: tab?.url && URL.canParse(tab.url) ? new URL(tab.url).host : '',
    reload: () => void browser.devtools.inspectedWindow.reload(),
    opensSource: panels?.openResource !== undefined,
    openSource: (url, line, column) => panels?.openResource?.(url, line - 1, column - 1, () => undefined),
    privateWindow: tab ? tab.incognito : (await askBackground(tabId)).incognito,
    hasAccess: async () =>
      browser.tabs ? browser.permissions.contains({ origins: ['<all_urls>'] }) : (await askBackground(tabId)).access,
    unseen: browser.tabs ? UNSEEN.chromium : UNSEEN.firefox,
    injectLate: () => injectLate(tabId),
  };
}

/** Where nobody can tell, the window is taken for a private one, so that nothing of it is written to disk. */
async function askBackground(tabId: number): Promise<TabFacts> {
  const question: TabQuestion = { framescope: 'tab', tabId };
  const answer: unknown = await browser.runtime.sendMessage(question).catch(() => undefined);
  return (answer as TabFacts | undefined) ?? { incognito: true, access: true };
}
