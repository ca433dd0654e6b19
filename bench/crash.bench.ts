/** What a killed browser loses. */
import { type Killed, killBrowser } from './lib/kill-browser';
import { report } from './lib/report';

const all: Killed[] = [];
for (const afterMs of [0, 310, 620, 1130, 1740]) all.push(await killBrowser(afterMs));
report('store.crash_loss_ms', Math.max(...all.map(({ lossMs }) => lossMs)), 'ms', { budget: 500 });
report(
  'store.crash_wrong',
  all.reduce((sum, { wrong }) => sum + wrong, 0),
  'frames',
  { budget: 0 },
);
