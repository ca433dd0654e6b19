/**
 * The tasks of the panel's thread in a flood and while it is scrolled, by the browser's own trace: how long they lasted, and how long they had the
 * processor. On a machine with other work the first holds waiting for it.
 */
import { whenFrames } from '../src/testing/recorded';
import { extensionProcesses, showPanel, withBench } from './lib/bench-browser';
import { receiveFlood } from './lib/page-flood';
import { percentile, report } from './lib/report';
import { scrollThrough } from './lib/scroll';
import { traceTasks } from './lib/trace-tasks';

const FRAMES = 100_000;
const STEPS = 600;

await withBench(async ({ demo, session, tab, devtools }) => {
  const panel = await showPanel(devtools);
  const stop = await traceTasks(session, extensionProcesses(session));
  const url = `${demo.wsUrl}/flood?count=${FRAMES}&size=200&wait=1`;
  const ms = await receiveFlood(tab, { url, frames: FRAMES });
  await whenFrames(panel, FRAMES + 2, 60_000);
  const tasks = await stop();
  if (tasks.length === 0) throw new Error('The trace holds no task of the panel');
  report('panel.longest_task_cpu_ms', Math.max(...tasks.map(({ cpu }) => cpu)), 'ms', { budget: 50 });
  report('panel.longest_traced_task_ms', Math.max(...tasks.map(({ wall }) => wall)), 'ms');
  report('panel.cpu_share', tasks.reduce((sum, { cpu }) => sum + cpu, 0) / ms, 'cores');

  const stopScroll = await traceTasks(session, extensionProcesses(session));
  await scrollThrough(panel, STEPS);
  const scrolled = (await stopScroll()).map(({ cpu }) => cpu);
  report('panel.scroll_cpu_ms', scrolled.reduce((sum, cpu) => sum + cpu, 0) / STEPS, 'ms', { budget: 17 });
  report('panel.scroll_task_cpu_p99_ms', percentile(scrolled, 0.99), 'ms');
  report('panel.scroll_longest_task_cpu_ms', Math.max(...scrolled), 'ms', { budget: 17 });
});
