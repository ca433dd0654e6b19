import { parseWorkerRequest, type WorkerFailure, type WorkerKind } from '../core/messages/workers';
import { sandboxFrame } from './sandboxFrame';

type Made = Pick<Worker, 'postMessage' | 'terminate' | 'onerror'>;

const MAKE: Record<WorkerKind, () => Made> = {
  probe: () => new Worker(new URL('../store/probe-worker.ts', import.meta.url), { type: 'module' }),
  reader: () => new Worker(new URL('../store/reader-worker.ts', import.meta.url), { type: 'module' }),
  sandbox: sandboxFrame,
};

/** Makes and ends the Workers that the store asks for. They speak to it directly. */
export function makeStoreWorkers(store: Worker): void {
  const made = new Map<number, Made>();
  store.addEventListener('message', ({ data, ports: [port] }: MessageEvent<unknown>) => {
    const request = parseWorkerRequest(data);
    if (request === null) return;
    const { id } = request;
    if (request.type === 'end worker') {
      made.get(id)?.terminate();
      made.delete(id);
      return;
    }
    const worker = MAKE[request.kind]();
    made.set(id, worker);
    worker.onerror = ({ message }) => {
      store.postMessage({ type: 'worker failed', id, message } satisfies WorkerFailure);
    };
    worker.postMessage({ type: 'port' }, [port]);
  });
}
