import { compileFilter } from '../core/filter';
import { probe } from './probe';
import type { ProbeRequest } from './probe-messages';

const loadDecoders = () => import('../core/decode/registry');
const scope = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
scope.addEventListener('message', async ({ data }: MessageEvent<ProbeRequest>) => {
  scope.postMessage(await probe(data, { compileFilter, loadDecoders }));
});
