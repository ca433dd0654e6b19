import { afterEach, expect, test, vi } from 'vitest';

vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: { getManifest: () => ({ content_scripts: [{ js: ['page.js'], world: 'MAIN' }, { js: ['content.js'] }] }) },
  },
}));
const { injectLate } = await import('./inject-late');

interface Injection {
  target: { documentIds?: string[] };
  files?: string[];
}

/** @param looks for each look into the tab, the documents that are without the content script then */
function fakeScripting(...looks: string[][]) {
  const injected: string[] = [];
  const executeScript = async ({ target, files }: Injection) => {
    if (files) injected.push(`${files} into ${target.documentIds}`);
    return files ? [] : (looks.shift() ?? []).map((documentId) => ({ documentId, result: true }));
  };
  vi.stubGlobal('chrome', { scripting: { executeScript } });
  return injected;
}

afterEach(() => vi.unstubAllGlobals());

test('a document from before the extension gets its scripts', async () => {
  const injected = fakeScripting(['old'], ['old']);
  await injectLate(1);
  expect(injected).toEqual(['page.js into old', 'content.js into old']);
});

test('a document that begins meanwhile, and gets them by itself, does not get them twice', async () => {
  const injected = fakeScripting(['old', 'new'], ['old']);
  await injectLate(1);
  expect(injected).toEqual(['page.js into old', 'content.js into old']);
  const none = fakeScripting(['new'], []);
  await injectLate(1);
  expect(none).toEqual([]);
});
