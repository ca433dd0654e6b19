/** `npm start`, also on a fresh clone with nothing installed: `npm start -- --help` says what it takes. */
import { requireNode } from './lib/node-version.mjs';

requireNode();
// Imported only now: what follows uses more than an old Node understands.
import('./lib/start.mjs')
  .then(({ start }) => start(process.argv.slice(2)))
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
