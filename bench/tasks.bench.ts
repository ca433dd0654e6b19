/**
 * The tasks of the panel's thread in a flood, by the browser's own trace: how long they lasted, and how long they had the
 * processor. On a machine with other work the first holds waiting for it.
 */
import { whenFrames } from '../src/testing/recorded';
import { extensionProcesses, showPanel, withBench } from './lib/bench-browser';
import { receiveFlood } from './lib/page-flood';
import { report } from './lib/report';
import { traceTasks } from './lib/trace-tasks';

const FRAMES = 100_000;

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
});
