import { signal } from '@preact/signals';
import type { ExportScope } from '../../core/messages/store';
import type { SessionInfo } from '../../core/model/session';
import { saveFile } from '../saveFile';
import type { Link } from './link';
import type { Notices } from './notices';

/** Work that lasts. Shown once it has lasted a second. */
export interface Job {
  id: number;
  label: string;
  done: number;
  /** 0 while unknown. */
  total: number;
}

const SHOWN_AFTER_MS = 1000;

export type Jobs = ReturnType<typeof createJobs>;

/** Exports and imports. */
export function createJobs(link: Link, notices: Notices) {
  const shown = signal<readonly Job[]>([]);
  const running = new Map<number, Job>();
  // The store may know jobs of an earlier panel of this DevTools.
  let lastId = Math.floor(Math.random() * 1e9);

  link.store.on('progress', ({ job: id, done, total }) => {
    const job = running.get(id);
    if (!job) return;
    running.set(id, { ...job, done, total });
    if (shown.peek().some((each) => each.id === id)) update();
  });
  const visible = new Set<number>();
  const update = (): void => {
    shown.value = [...running.values()].filter((job) => visible.has(job.id));
  };

  async function run<T>(label: string, work: (id: number) => Promise<T>): Promise<T | null> {
    const id = ++lastId;
    running.set(id, { id, label, done: 0, total: 0 });
    const timer = setTimeout(() => {
      visible.add(id);
      update();
    }, SHOWN_AFTER_MS);
    try {
      return await work(id);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') notices.info(`${label}: cancelled`);
      else notices.error(error);
      return null;
    } finally {
      clearTimeout(timer);
      running.delete(id);
      visible.delete(id);
      update();
    }
  }

  return {
    shown,
    cancel: (id: number) => void link.store.call('cancel', { job: id }).catch(notices.error),
    async export(format: string, label: string, scope: ExportScope): Promise<void> {
      const answer = await run(`Exporting ${label}`, (job) => link.store.call('export', { job, format, scope }));
      if (answer) saveFile(answer.file, answer.name);
    },
    import: (file: File): Promise<SessionInfo | null> =>
      run(`Importing ${file.name}`, (job) => link.store.call('import', { job, file, name: file.name })),
  };
}
