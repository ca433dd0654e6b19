import { onEnd } from './cleanup.mjs';

/** Starts the demo server in this process, on a free port of loopback. It keeps no payloads. */
export async function startDemo() {
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  const { startDemo: start } = await import('../../demo/server.ts');
  await unregister();
  const demo = await start({ log: { maxBytes: 0, maxConnections: 100 } });
  onEnd(() => demo.close());
  return demo;
}
