import { type Handlers, RemoteError } from '../core/messages/rpc';
import type { StoreCalls } from '../core/messages/store';
import { keepBudget } from './budget';
import { exportFile, fileName, select } from './export';
import { HEAD_BYTES, importFile } from './import';
import { Jobs } from './jobs';
import { listSessions, toInfo } from './sessions';
import type { Store } from './store';

type FileCalls = Pick<StoreCalls, 'formats' | 'export' | 'import' | 'cancel'>;

/** The panel's calls about files. */
export function fileHandlers(store: Store): Handlers<FileCalls> {
  const jobs = new Jobs(store.emit);
  return {
    async formats() {
      const { formats } = await store.deps.loadFormats();
      return formats.map(({ id, label, extension }) => ({ id, label, extension }));
    },

    async export({ job: id, format: wanted, scope }) {
      const { formats } = await store.deps.loadFormats();
      const format = formats.find((one) => one.id === wanted);
      if (format === undefined)
        throw new RemoteError({ name: 'NotFoundError', message: `There is no format ${wanted}` });
      const { version, now } = store.deps;
      return await jobs.run(id, async (job) => {
        const selection = await select(store, scope, job);
        const session = await infoOf(store, selection.log === store.live.log ? store.live.id : scope.log);
        const made = await exportFile(format, selection, session, version, job);
        return { ...made, name: fileName(session, now(), format.extension) };
      });
    },

    async import({ job: id, file, name }) {
      const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
      const { formatFor } = await store.deps.loadFormats();
      const format = formatFor(head, name);
      const record = await jobs.run(id, (job) => importFile(store, format, file, name, job));
      await keepBudget(store, record.id);
      await store.tellSessions();
      return toInfo(record);
    },

    cancel({ job }) {
      jobs.cancel(job);
      return null;
    },
  };
}

async function infoOf(store: Store, id: string) {
  if (id === store.live.id || id === 'live') return toInfo(store.live.record());
  const info = (await listSessions(store)).find((session) => session.id === id);
  return info ?? toInfo(store.live.record());
}
