import type { Connection } from '../core/model/connection';
import { FLAG, KIND } from '../core/model/frame';
import { parseJson } from './connections';

/** UTF-16 units of a row's data at most. */
export const SUMMARY_UNITS = 300;
/** Enough bytes of UTF-8 for that many units. */
const TEXT_BYTES = SUMMARY_UNITS * 4;
const HEX_BYTES = 32;

/**
 * What a row says of an event frame.
 * @param kind number of the kind (open, close, error, gap)
 * @param payload its details as JSON
 * @param connection whose event it is, where known
 */
export function eventSummary(kind: number, payload: Uint8Array, connection: Connection | undefined): string {
  const details = parseJson(payload);
  if (kind === KIND.open) return ['Opened', details.protocol].filter(Boolean).join(' ');
  if (kind === KIND.close) {
    return ['Closed', details.code, details.reason, details.by && `(by ${details.by})`].filter(Boolean).join(' ');
  }
  if (kind === KIND.error) return connection?.failure ? `Error: ${connection.failure}` : 'Error';
  const frames = `${details.frames ?? 'some'} ${details.frames === 1 ? 'frame' : 'frames'}`;
  const size = typeof details.bytes === 'number' && details.bytes > 0 ? ` (${formatBytes(details.bytes)})` : '';
  if (details.why === 'ring') return `${frames.replace(' ', ' earlier ')} not kept${size}`;
  if (details.why === 'stopped') return `${frames} passed while recording was stopped${size}`;
  return `${frames} lost, there was no room${size}`;
}

/**
 * What a row says of a message that no decoder speaks for.
 * @param text whether it is a text message
 * @param flags bits of FLAG
 * @param payload `null` when there is none
 */
export function rawSummary(text: boolean, flags: number, payload: Uint8Array | null): string {
  if (payload === null) {
    if ((flags & FLAG.dropped) !== 0) return '(payload dropped)';
    return (flags & FLAG.deferred) !== 0 ? '(payload on its way)' : '(payload missing)';
  }
  if (text) return cut(new TextDecoder().decode(payload.subarray(0, TEXT_BYTES)));
  const hex = Array.from(payload.subarray(0, HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return payload.length > HEX_BYTES ? `${hex} …` : hex;
}

/** @returns `text`, cut to {@link SUMMARY_UNITS} without splitting a surrogate pair */
export function cut(text: string): string {
  if (text.length <= SUMMARY_UNITS) return text;
  const last = text.charCodeAt(SUMMARY_UNITS - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? SUMMARY_UNITS - 1 : SUMMARY_UNITS);
}

/** @returns bytes in words, such as `12 KB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
