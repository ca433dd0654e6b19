import { isRecord } from '../json/read';
import { objectKind, type Told } from '../shape-kind';
import { NO } from '../sniffing';
import { decodeItems, likeness } from '../structure/decode';
import { LIMITS, previewValue } from '../tree';
import type { Decoded, Decoder } from '../types';
import { cborFormat } from './cbor-format';
import { msgpackFormat } from './msgpack-format';
import { definesRecord, readRecords } from './msgpack-records';

/** MessagePack: one value in a message, or several in a row; also msgpackr's records. */
export const msgpack: Decoder = {
  id: 'msgpack',
  label: 'MessagePack',
  layer: 'encoding',
  sniff({ protocol }, samples) {
    if (/msgpack|messagepack/i.test(protocol)) return { confidence: 0.9, reason: `subprotocol ${protocol}` };
    if (samples.some(({ text, payload }) => !text && definesRecord(payload, 0))) {
      return { confidence: 0.8, reason: 'records of msgpackr' };
    }
    const { whole, named } = likeness(msgpackFormat, samples);
    if (whole < 0.5) return NO;
    return { confidence: 0.35 * whole + 0.45 * named, reason: 'messages are MessagePack maps or arrays' };
  },
  decode: (payload) =>
    definesRecord(payload, 0)
      ? decodeRecords(payload)
      : decodeItems(msgpackFormat, payload, { format: cborFormat, label: 'CBOR' }),
};

function decodeRecords(payload: Uint8Array): Decoded {
  const { node, value, end, broken } = readRecords('', payload, 0);
  const at = broken?.at ?? end;
  const message = broken?.message ?? 'more after the value';
  return {
    tree: node,
    summary: previewValue(value ?? message, LIMITS.summary),
    kind: isRecord(value) ? objectKind(toldOf(value)) : '',
    json: () => value,
    ...((broken || end < payload.length) && { problem: { message, at } }),
  };
}

function toldOf(value: Record<string, unknown>): Told[] {
  return Object.entries(value).map(([name, member]): Told => {
    const type =
      typeof member === 'string' || typeof member === 'number' ? (typeof member as 'string' | 'number') : 'object';
    return { name, type, value: type === 'object' ? '' : String(member) };
  });
}
