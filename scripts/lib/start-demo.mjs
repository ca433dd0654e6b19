import { onEnd } from './cleanup.mjs';
import { importTypeScript } from './import-typescript.mjs';

/** Starts the demo server in this process, on a free port of loopback. It keeps no payloads. */
export async function startDemo() {
  const { startDemo: start } = await importTypeScript(new URL('../../demo/server.ts', import.meta.url));
  const demo = await start({ log: { maxBytes: 0, maxConnections: 100 } });
  onEnd(() => demo.close());
  return demo;
}
