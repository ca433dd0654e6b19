import { isRecord } from '../json/read';
import { LIMITS } from '../tree';
import type { DecodeContext } from '../types';
import type { SocketPacket } from './socketio-packet';

/** Bytes of attachments kept to show the whole packet with the last of them. */
const MOST_BYTES = 4 * 1024 * 1024;
/** More attachments than this are not waited for. */
const MOST = 10_000;

interface Pending {
  packet: SocketPacket;
  total: number;
  /** Those that came; `undefined` where all together are too large to keep. */
  parts: (Uint8Array | undefined)[];
  bytes: number;
}

/** A binary message as a part of its packet. */
export interface Attachment {
  packet: SocketPacket;
  /** Counted from 1. */
  place: number;
  total: number;
  /** The packet's data with all attachments in place, with the last one, if they could all be kept. */
  whole: unknown;
}

/** Remembers that binary messages of the context's direction belong to `packet`; forgets those that did not come. */
export function expectAttachments(packet: SocketPacket, { state, direction }: DecodeContext): void {
  const total = packet.attachments;
  if (total > 0 && total <= MOST)
    state[`pending ${direction}`] = { packet, total, parts: [], bytes: 0 } satisfies Pending;
  else delete state[`pending ${direction}`];
}

/** The place of a binary message in the packet before it; `undefined` where none is known, as after a late start. */
export function takeAttachment(bytes: Uint8Array, { state, direction }: DecodeContext): Attachment | undefined {
  const pending = state[`pending ${direction}`] as Pending | undefined;
  if (pending === undefined) return undefined;
  pending.bytes += bytes.length;
  pending.parts.push(pending.bytes <= MOST_BYTES ? bytes : undefined);
  const { packet, total, parts } = pending;
  const place = parts.length;
  if (place < total) return { packet, place, total, whole: undefined };
  delete state[`pending ${direction}`];
  return { packet, place, total, whole: parts.includes(undefined) ? undefined : filled(packet.data, parts, 0) };
}

/** `data` with `{"_placeholder": true, "num": n}` replaced by the attachments. */
function filled(data: unknown, parts: (Uint8Array | undefined)[], depth: number): unknown {
  if (depth > LIMITS.depth) return data;
  if (Array.isArray(data)) return data.map((item: unknown) => filled(item, parts, depth + 1));
  if (!isRecord(data)) return data;
  if (data._placeholder === true && typeof data.num === 'number') return parts[data.num] ?? data;
  return Object.fromEntries(Object.entries(data).map(([name, item]) => [name, filled(item, parts, depth + 1)]));
}
