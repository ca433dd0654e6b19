/** Kills the browser fifty times at random moments of a recording. Runs only when asked for by name. */
import { killBrowser } from './lib/kill-browser';
import { percentile, report } from './lib/report';

const KILLS = Number(process.env.BENCH_KILLS ?? 50);

const losses: number[] = [];
let wrong = 0;
let failed = 0;
for (let run = 0; run < KILLS; run++) {
  const afterMs = Math.random() * 3000;
  try {
    const killed = await killBrowser(afterMs);
    losses.push(killed.lossMs);
    wrong += killed.wrong;
    console.error(`Killed after ${Math.round(afterMs)} ms: ${JSON.stringify(killed)}`);
  } catch (error) {
    failed++;
    console.error(`Killed after ${Math.round(afterMs)} ms: ${error instanceof Error ? error.message : error}`);
  }
}
report('faults.kills', KILLS, 'kills');
report('faults.sessions_lost', failed, 'sessions', { budget: 0 });
report('faults.frames_wrong', wrong, 'frames', { budget: 0 });
report('faults.loss_median_ms', percentile(losses, 0.5), 'ms');
report('faults.loss_max_ms', Math.max(...losses), 'ms', { budget: 500 });
