import browser from 'webextension-polyfill';
import type { PrivateQuestion } from '../core/messages/background';
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
    privateWindow: tab ? tab.incognito : await askBackground(tabId),
    unseen: browser.tabs ? UNSEEN.chromium : UNSEEN.firefox,
    injectLate: () => injectLate(tabId),
  };
}

/** @returns whether the tab is in a private window: also where nobody can tell, so that nothing of it is written to disk */
async function askBackground(tabId: number): Promise<boolean> {
  const question: PrivateQuestion = { framescope: 'private', tabId };
  const answer: unknown = await browser.runtime.sendMessage(question).catch(() => true);
  return answer !== false;
}
