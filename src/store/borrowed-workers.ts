import { parseWorkerFailure, type WorkerKind, type WorkerRequest } from '../core/messages/workers';

/** What is used of a Worker that somebody else makes. */
type BorrowedWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/**
 * Workers that the devtools page makes for the store; see {@link WorkerRequest}.
 * @param owner the way to the devtools page
 */
export function borrowWorkers(owner: Pick<Worker, 'postMessage' | 'addEventListener'>) {
  const failed = new Map<number, (message: string) => void>();
  let lastId = 0;
  const ask = (request: WorkerRequest, transfer: Transferable[]) => owner.postMessage(request, transfer);
  owner.addEventListener('message', ({ data }) => {
    const failure = parseWorkerFailure(data);
    if (failure) failed.get(failure.id)?.(failure.message);
  });

  return (kind: WorkerKind): BorrowedWorker => {
    const id = ++lastId;
    const { port1, port2 } = new MessageChannel();
    const worker: BorrowedWorker = {
      onmessage: null,
      onerror: null,
      postMessage: (message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) =>
        port1.postMessage(message, Array.isArray(transfer) ? transfer : []),
      terminate() {
        port1.close();
        failed.delete(id);
        ask({ type: 'end worker', id }, []);
      },
    };
    port1.onmessage = (event) => worker.onmessage?.call(worker as Worker, event);
    failed.set(id, (message) => worker.onerror?.call(worker as Worker, new ErrorEvent('error', { message })));
    ask({ type: 'worker', id, kind }, [port2]);
    return worker;
  };
}
