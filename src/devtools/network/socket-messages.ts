import { type BatchBuilder, createBatchBuilder } from '../../core/batch/builder';
import { PART_BYTES } from '../../core/batch/layout';
import { decodeBase64 } from '../../core/format/base64';
import { isRecord } from '../../core/messages/rpc';
import { FLAG, KIND } from '../../core/model/frame';

const encoder = new TextEncoder();

/** @returns a builder of batches for an extension's page */
export function networkBatchBuilder(): BatchBuilder {
  return createBatchBuilder({
    encodeInto: (text, into) => encoder.encodeInto(text, into).written,
    subarray: (bytes, from, to) => bytes.subarray(from, to),
    copy: (into, from, at) => into.set(from, at),
    stringify: JSON.stringify,
  });
}

/** @returns when a message passed, ms since the epoch, or `null` if it is none */
export function messageTime(message: unknown): number | null {
  return isRecord(message) && typeof message.time === 'number' && Number.isFinite(message.time)
    ? message.time * 1000
    : null;
}

/**
 * Adds one of Chrome's `_webSocketMessages` to a batch.
 * @param connection number within the document
 * @returns whether it was one
 */
export function addMessage(builder: BatchBuilder, connection: number, message: unknown): boolean {
  const time = messageTime(message);
  if (time === null || !isRecord(message) || typeof message.data !== 'string') return false;
  if (message.type === 'error') {
    builder.addText(time, connection, KIND.error, 0, '{}');
    return true;
  }
  const flags = message.type === 'send' ? FLAG.sent : 0;
  if (message.opcode === 1) {
    // Never more bytes than three for each unit.
    if (message.data.length * 3 <= PART_BYTES) builder.addText(time, connection, KIND.text, flags, message.data);
    else addLarge(builder, time, connection, KIND.text, flags, encoder.encode(message.data));
    return true;
  }
  const bytes = decodeBase64(encoder.encode(message.data));
  if (bytes === null) return false;
  if (bytes.length <= PART_BYTES) builder.addBytes(time, connection, KIND.binary, flags, bytes);
  else addLarge(builder, time, connection, KIND.binary, flags, bytes);
  return true;
}

function addLarge(
  builder: BatchBuilder,
  time: number,
  connection: number,
  kind: number,
  flags: number,
  bytes: Uint8Array,
): void {
  const frame = builder.nextFrame();
  builder.addBare(time, connection, kind, flags | FLAG.deferred, bytes.length);
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    const part = bytes.subarray(at, at + PART_BYTES);
    builder.addNote({ type: 'part', frame, at, bytes: part.length, last: at + PART_BYTES >= bytes.length }, part);
  }
}
