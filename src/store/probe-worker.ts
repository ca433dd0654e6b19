import { compileFilter } from '../core/filter';
import { probe } from './probe';
import type { ProbeBegun, ProbeRequest } from './probe-messages';
import { onPort } from './worker-port';

const loadDecoders = () => import('../core/decode/registry');
// The first request should not wait for them; one that fails here fails again where it is needed.
loadDecoders().catch(() => null);
onPort((port) => {
  port.onmessage = async ({ data }: MessageEvent<ProbeRequest>) => {
    await loadDecoders();
    port.postMessage({ type: 'begun', id: data.id } satisfies ProbeBegun);
    port.postMessage(await probe(data, { compileFilter, loadDecoders }));
  };
});
