/** `npm run dev`: builds, opens the demo in Chromium as `npm start` does, and does both again when a source changes. */
import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./lib/dev.mjs')
  .then(({ dev }) => dev())
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
