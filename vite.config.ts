import { resolve } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { firefoxManifest } from './scripts/lib/firefox-manifest.mjs';
import { ignoredScript } from './scripts/lib/ignored-script.mjs';
import { sandboxPage } from './scripts/lib/sandbox-page.mjs';

const target = process.env.FRAMESCOPE_BROWSER === 'firefox' ? 'firefox' : 'chromium';

/**
 * Preact can set `innerHTML`; nothing here asks it to, and reviewers of extensions (and `web-ext lint`) are right to
 * refuse the possibility.
 */
const withoutInnerHtml: Plugin = {
  name: 'framescope:without-inner-html',
  transform(code, id) {
    if (!/node_modules\/preact\/dist/.test(id)) return undefined;
    return {
      code: code.replaceAll('.innerHTML=', '.textContent=').replaceAll('.innerHTML =', '.textContent ='),
      map: null,
    };
  },
};

const { sandbox: _, ...bundled } = manifest;

export default defineConfig({
  plugins: [
    preact(),
    withoutInnerHtml,
    crx({
      manifest: (target === 'firefox' ? firefoxManifest(bundled) : bundled) as unknown as ManifestV3Export,
      browser: target === 'firefox' ? 'firefox' : 'chrome',
    }),
    sandboxPage(manifest, target === 'chromium'),
    ...(target === 'chromium' ? [ignoredScript('src/page/page.iife.js')] : []),
  ],
  define: { __V8__: target === 'chromium' },
  worker: { format: 'es' },
  build: {
    outDir: `dist/${target}`,
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { panel: resolve(import.meta.dirname, 'src/panel/panel.html') },
      onLog(level, log, handler) {
        // A loader instead of the script itself would let the page's first script run before the patch.
        if (/async loader/.test(log.message)) throw new Error(log.message);
        handler(level, log);
      },
    },
  },
});
