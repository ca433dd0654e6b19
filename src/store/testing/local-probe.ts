import * as registry from '../../core/decode/registry';
import { compileFilter } from '../../core/filter';
import { probe } from '../probe';
import type { ProbeRequest } from '../probe-messages';
import type { ProbeWorker } from '../prober';

/**
 * The probe's Worker without a thread: it works on copies of what it is sent.
 * @param turn what it waits for before it looks at a request
 */
export function createLocalProbe(turn: () => Promise<void> = async () => undefined): ProbeWorker {
  const worker: ProbeWorker = {
    onmessage: null,
    onerror: null,
    terminate: () => undefined,
    async postMessage(request: unknown) {
      const copy = structuredClone(request) as ProbeRequest;
      await turn();
      const data = await probe(copy, { compileFilter, loadDecoders: async () => registry });
      worker.onmessage?.call(worker as Worker, { data } as MessageEvent);
    },
  };
  return worker;
}
