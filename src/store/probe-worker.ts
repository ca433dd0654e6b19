import { compileFilter } from '../core/filter';
import { probe } from './probe';
import type { ProbeRequest } from './probe-messages';

const loadDecoders = () => import('../core/decode/registry');
// The first request should not wait for them; one that fails here fails again where it is needed.
loadDecoders().catch(() => null);
const scope = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
scope.addEventListener('message', async ({ data }: MessageEvent<ProbeRequest>) => {
  scope.postMessage(await probe(data, { compileFilter, loadDecoders }));
});
