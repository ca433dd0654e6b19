import { FLAG, FRAME_KINDS, type Frame, type FrameKind } from '../model/frame';
import { decodeBase64 } from './base64';
import type { ByteWriter } from './byte-writer';
import { readExtras, writeExtras } from './frame-extras';
import { flagBits, flagNames } from './frame-flags';
import { isTime, isUint32 } from './numbers';
import { FormatError } from './types';
import { isUtf8 } from './utf8';

const encoder = new TextEncoder();

/** Whether the payload of such a frame is UTF-8 text unless it is broken: all but `binary`. */
function isTextual(kind: FrameKind): boolean {
  return kind !== 'binary';
}

/**
 * Writes the members of a frame's object, without braces: `time`, `connection` (left out when `null`), `direction`,
 * `kind`, `length`, `flags` and {@link FrameExtras} if any, then `text` or `base64`. docs/formats.md describes them.
 */
export function* writeFrameMembers(
  out: ByteWriter,
  frame: Frame,
  connection: number | null,
): Generator<Uint8Array, void> {
  const { payload } = frame;
  const id = connection === null ? '' : `"connection":${connection},`;
  out.ascii(
    `"time":${frame.time},${id}"direction":"${frame.direction}","kind":"${frame.kind}","length":${frame.length}`,
  );
  const flags = flagNames(frame.flags);
  if (flags.length > 0) out.ascii(`,"flags":${JSON.stringify(flags)}`);
  writeExtras(out, frame);
  if (isTextual(frame.kind) && isUtf8(payload)) {
    out.ascii(',"text":');
    yield* out.text(payload);
  } else {
    out.ascii(',"base64":');
    yield* out.base64(payload);
  }
}

/**
 * A frame from a parsed object as {@link writeFrameMembers} writes it. Unknown members are ignored.
 * @param connection its connection; `null` when the object names it
 * @param where the place of a member in the file, for errors
 * @throws {FormatError}
 */
export function readFrameRecord(value: unknown, connection: number | null, where: (member: string) => string): Frame {
  if (typeof value !== 'object' || value === null) throw new FormatError('A frame must be an object', where(''));
  const record = value as Record<string, unknown>;
  const { time, direction, kind, flags } = record;
  if (!isTime(time)) throw new FormatError('`time` must be a number', where('time'));
  if (direction !== 'sent' && direction !== 'received') {
    throw new FormatError('`direction` must be "sent" or "received"', where('direction'));
  }
  if (!isFrameKind(kind)) throw new FormatError(`\`kind\` must be one of ${FRAME_KINDS.join(', ')}`, where('kind'));
  const id = connection ?? record.connection;
  if (!isUint32(id)) throw new FormatError('`connection` must be a whole number below 2^32', where('connection'));
  if (flags !== undefined && !(Array.isArray(flags) && flags.every((name) => typeof name === 'string'))) {
    throw new FormatError('`flags` must be a list of names', where('flags'));
  }
  const payload = readPayload(record, where);
  const length = record.length ?? payload.length;
  if (!isUint32(length)) throw new FormatError('`length` must be a whole number below 2^32', where('length'));
  const bits = (direction === 'sent' ? FLAG.sent : 0) | (flags === undefined ? 0 : flagBits(flags));
  if (payload.length > 0 && length !== payload.length) {
    throw new FormatError(`\`length\` is ${length}, but the payload has ${payload.length} bytes`, where('length'));
  }
  return { time, connection: id, kind, direction, flags: bits, length, payload, ...readExtras(record, where) };
}

function isFrameKind(value: unknown): value is FrameKind {
  return FRAME_KINDS.some((kind) => kind === value);
}

function readPayload(record: Record<string, unknown>, where: (member: string) => string): Uint8Array {
  const { text, base64 } = record;
  if (typeof text === 'string' && base64 === undefined) return encoder.encode(text);
  if (typeof base64 === 'string' && text === undefined) {
    const bytes = decodeBase64(encoder.encode(base64));
    if (bytes) return bytes;
    throw new FormatError('`base64` is not base64', where('base64'));
  }
  if (text !== undefined && base64 !== undefined) {
    throw new FormatError('A frame has `text` or `base64`, not both', where('base64'));
  }
  if (text === undefined && base64 === undefined) {
    throw new FormatError('A frame needs `text` or `base64`', where('text'));
  }
  throw new FormatError('A payload must be a string', where(text === undefined ? 'base64' : 'text'));
}
