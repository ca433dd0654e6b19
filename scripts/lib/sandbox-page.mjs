import { join } from 'node:path';
import { build } from 'vite';
import { root } from './run.mjs';

/**
 * The page that the manifest names. Its policy stands in it too: Firefox hands on to the Workers that a page makes only
 * what it says itself.
 */
function html(policy) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>Framescope: decoders of yours</title>
    <script src="sandbox.js"></script>
  </head>
</html>
`;
}

/** One classic script out of an entry: a page without an origin can load no modules. */
async function bundle(entry, define = {}) {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    define,
    build: {
      write: false,
      target: 'es2023',
      rollupOptions: { input: join(root, 'src/sandbox', entry), output: { format: 'iife' } },
    },
  });
  return result.output[0].code;
}

/**
 * Vite plugin: the page in which users' functions run, its script, and its place in the manifest. The extension's own
 * pages are bundled by another plugin, which would make modules of its scripts: it is given a manifest without it.
 * @param {{ sandbox: { pages: string[] }, content_security_policy: { sandbox: string } }} manifest
 * @param {boolean} named whether the browser's manifest has to name it
 */
export function sandboxPage({ sandbox, content_security_policy }, named) {
  const [page] = sandbox.pages;
  // `sandbox` is for the manifest only.
  const policy = content_security_policy.sandbox.replace(/^sandbox [^;]*; /, '');
  return {
    name: 'framescope:sandbox-page',
    apply: 'build',
    async buildStart() {
      const runner = await bundle('runner.ts');
      const script = await bundle('page.ts', { RUNNER: JSON.stringify(runner) });
      this.emitFile({ type: 'asset', fileName: page.replace('.html', '.js'), source: script });
      this.emitFile({ type: 'asset', fileName: page, source: html(policy) });
    },
    generateBundle: {
      order: 'post',
      handler(_options, files) {
        if (!named) return;
        const file = files['manifest.json'];
        file.source = `${JSON.stringify({ ...JSON.parse(file.source), sandbox }, null, 2)}\n`;
      },
    },
  };
}
