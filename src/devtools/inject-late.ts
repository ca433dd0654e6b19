import browser from 'webextension-polyfill';

/**
 * Runs the content scripts of the manifest in all documents of a tab. Chromium does not do that for tabs that were open
 * when the extension was installed, updated or switched on; Firefox does, and lets no devtools page do it.
 */
export async function injectLate(tabId: number): Promise<void> {
  const { scripting } = (globalThis as { chrome?: typeof chrome }).chrome ?? {};
  if (!scripting) return;
  try {
    const seen = await unpatched(scripting, { tabId, allFrames: true });
    // A document that has just begun is looked at before it gets the script: only what has none at the second look is without.
    const documentIds = seen.length === 0 ? [] : await unpatched(scripting, { tabId, documentIds: seen });
    if (documentIds.length === 0) return;
    for (const { js, world } of browser.runtime.getManifest().content_scripts as Declared[]) {
      await scripting.executeScript({
        target: { tabId, documentIds },
        files: js,
        world: world ?? 'ISOLATED',
        injectImmediately: true,
      });
    }
  } catch {
    // A page of the browser itself or of its store, where nobody may run scripts, or one that has just gone.
  }
}

/**
 * Documents without our content script. The tab may have gone on to another page meanwhile, that has it: patched a second
 * time, it would be recorded twice.
 */
async function unpatched(
  scripting: typeof chrome.scripting,
  target: chrome.scripting.InjectionTarget,
): Promise<string[]> {
  const results = await scripting.executeScript({
    target,
    func: () => !('framescopeOff' in globalThis),
    injectImmediately: true,
  });
  return results.filter(({ result }) => result === true).map(({ documentId }) => documentId);
}

interface Declared {
  js: string[];
  world?: `${chrome.scripting.ExecutionWorld}`;
}
