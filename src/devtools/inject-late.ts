import browser from 'webextension-polyfill';

/**
 * Runs the content scripts of the manifest in all documents of a tab. Chromium does not do that for tabs that were open
 * when the extension was installed, updated or switched on; Firefox does, and lets no devtools page do it.
 */
export async function injectLate(tabId: number): Promise<void> {
  if (!browser.scripting) return;
  for (const { js, world } of browser.runtime.getManifest().content_scripts as Declared[]) {
    const script = {
      target: { tabId, allFrames: true },
      files: js,
      world: world ?? 'ISOLATED',
      injectImmediately: true,
    };
    try {
      await browser.scripting.executeScript(script as Parameters<typeof browser.scripting.executeScript>[0]);
    } catch {
      // A page of the browser itself or of its store: nobody may run scripts there.
      return;
    }
  }
}

interface Declared {
  js: string[];
  world?: 'MAIN' | 'ISOLATED';
}
