import { NO } from '../sniffing';
import { decodeItems, likeness } from '../structure/decode';
import type { Decoder } from '../types';
import { cborFormat } from './cbor-format';
import { msgpackFormat } from './msgpack-format';

/** CBOR (RFC 8949): one item in a message, or a sequence (RFC 8742). */
export const cbor: Decoder = {
  id: 'cbor',
  label: 'CBOR',
  layer: 'encoding',
  sniff({ protocol }, samples) {
    if (/\bcbor\b/i.test(protocol)) return { confidence: 0.9, reason: `subprotocol ${protocol}` };
    const { whole, named } = likeness(cborFormat, samples);
    if (whole < 0.5) return NO;
    return { confidence: 0.32 * whole + 0.45 * named, reason: 'messages are CBOR maps or arrays' };
  },
  decode: (payload) => decodeItems(cborFormat, payload, { format: msgpackFormat, label: 'MessagePack' }),
};
