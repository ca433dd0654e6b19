import type { AvroLogical } from '../../schema/avro-types';
import { hex } from '../tree';
import type { NodeType } from '../types';

const DAY_MS = 86_400_000;

/**
 * What a value means by its logical type (Specification 1.12, Logical Types), as it is shown; `undefined` where it is of
 * none that is known. Times are in UTC; local ones are told without a zone.
 */
export function logicalText(
  { name, scale = 0 }: AvroLogical,
  value: unknown,
): { type: NodeType; text: string } | undefined {
  if (value instanceof Uint8Array) return bytesText(name, scale, value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const unit = name.endsWith('-nanos') ? 1_000_000n : name.endsWith('-micros') ? 1_000n : 1n;
  const finest = BigInt(value);
  if (name === 'date') return dated(Number(value) * DAY_MS, (text) => text.slice(0, 10));
  if (name.startsWith('time-')) return dated(Number(finest / unit), (text) => text.slice(11, 23));
  const local = name.startsWith('local-timestamp-');
  if (!local && !name.startsWith('timestamp-')) return undefined;
  return dated(Number(finest / unit), (text) => (local ? text.slice(0, -1) : text));
}

function dated(ms: number, make: (iso: string) => string): { type: NodeType; text: string } | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : { type: 'date', text: make(date.toISOString()) };
}

function bytesText(name: string, scale: number, value: Uint8Array): { type: NodeType; text: string } | undefined {
  if (name === 'decimal' && value.length <= 64) return { type: 'number', text: decimal(value, scale) };
  if (name === 'uuid' && value.length === 16) {
    const digits = hex(value).replaceAll(' ', '');
    return { type: 'string', text: digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') };
  }
  if (name !== 'duration' || value.length !== 12) return undefined;
  const view = new DataView(value.buffer, value.byteOffset, 12);
  const [months, days, ms] = [0, 4, 8].map((at) => view.getUint32(at, true));
  return { type: 'string', text: `${months} months, ${days} days, ${ms} ms` };
}

/** A whole number in two's complement, the highest byte first, with so many digits after the point. */
function decimal(bytes: Uint8Array, scale: number): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  value = BigInt.asIntN(Math.max(1, bytes.length * 8), value);
  if (scale <= 0 || scale > 1000) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
