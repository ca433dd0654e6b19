import { resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** Serves the panel in a plain page: `npx vite --config src/panel/testing/vite.config.ts`. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  plugins: [preact()],
  server: { host: '127.0.0.1' },
});
