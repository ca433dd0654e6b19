import { NO } from '../sniffing';
import { bytesNode, hex } from '../tree';
import type { Decoded, Decoder, Sample } from '../types';

/** Bytes that nothing else reads: their number and a hex preview. */
export const binary = {
  id: 'binary',
  label: 'Binary',
  layer: 'encoding',
  sniff(_: unknown, samples: Sample[]) {
    return samples.some((sample) => !sample.text) ? { confidence: 0.02, reason: 'binary messages' } : NO;
  },
  decode(payload: Uint8Array): Decoded {
    return {
      tree: bytesNode('', payload, { start: 0, end: payload.length }),
      summary: hex(payload.subarray(0, 80)) + (payload.length > 80 ? ' …' : ''),
      kind: '',
    };
  },
} satisfies Decoder;
