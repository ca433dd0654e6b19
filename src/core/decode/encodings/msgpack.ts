import { NO } from '../sniffing';
import { decodeItems, likeness } from '../structure/decode';
import type { Decoder } from '../types';
import { msgpackFormat } from './msgpack-format';

/** MessagePack: one value in a message, or several in a row. */
export const msgpack: Decoder = {
  id: 'msgpack',
  label: 'MessagePack',
  layer: 'encoding',
  sniff({ protocol }, samples) {
    if (/msgpack|messagepack/i.test(protocol)) return { confidence: 0.9, reason: `subprotocol ${protocol}` };
    const { whole, named } = likeness(msgpackFormat, samples);
    if (whole < 0.5) return NO;
    return { confidence: 0.35 * whole + 0.45 * named, reason: 'messages are MessagePack maps or arrays' };
  },
  decode: (payload) => decodeItems(msgpackFormat, payload),
};
