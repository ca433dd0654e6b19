import type { ChromiumSession } from '../../src/testing/chromium/chromium-session';

/** A task of a main thread, in ms: how long it lasted, and how long it had the processor. */
export interface Task {
  wall: number;
  cpu: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** Records every task of the main threads of these processes, until the function that it gives is called. */
export async function traceTasks({ cdp }: ChromiumSession, pids: number[]): Promise<() => Promise<Task[]>> {
  const events: TraceEvent[] = [];
  const stop = cdp.on('Tracing.dataCollected', (params) => {
    for (const event of (params as unknown as { value: TraceEvent[] }).value) {
      if (pids.includes(event.pid) && (event.name.endsWith('RunTask') || event.name === 'thread_name'))
        events.push(event);
    }
  });
  const complete = new Promise<void>((done) => cdp.on('Tracing.tracingComplete', () => done()));
  const traceConfig = {
    includedCategories: ['toplevel'],
    excludedCategories: ['*'],
    recordMode: 'recordAsMuchAsPossible',
  };
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  return async () => {
    await cdp.send('Tracing.end');
    await complete;
    stop();
    const main = new Set(events.filter(({ args }) => args.name === 'CrRendererMain').map(({ tid }) => tid));
    return events
      .filter(({ ph, tid }) => ph === 'X' && main.has(tid))
      .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, cpu: tdur / 1000 }));
  };
}
