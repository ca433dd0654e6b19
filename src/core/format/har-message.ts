import { FLAG, type Frame } from '../model/frame';
import { decodeBase64 } from './base64';
import type { ByteWriter } from './byte-writer';
import { inHar, readExtras, writeExtras } from './frame-extras';
import { flagBits, flagNames } from './frame-flags';
import { isTime, isUint32 } from './numbers';
import { FormatError } from './types';
import { isUtf8 } from './utf8';

/** RFC 6455 §5.2; -1 is what Chrome writes for an error. */
const OPCODE = { text: 1, binary: 2, error: -1 } as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Whether the frame is written as an item of `_webSocketMessages`: a message that was on the wire. All others (events
 * of the connection, sends that failed) go into `_framescopeEvents`, or other programs would take them for traffic.
 */
export function isHarMessage(frame: Frame): boolean {
  return (frame.kind === 'text' || frame.kind === 'binary') && !(frame.flags & FLAG.failed);
}

/**
 * Writes the members of one item of `_webSocketMessages`, in Chrome's order, without braces: `type`, `time` (seconds
 * since the epoch), `opcode`, `data` (text, or base64 of binary), then what only Framescope knows.
 */
export function* writeHarMessage(out: ByteWriter, frame: Frame): Generator<Uint8Array, void> {
  const { payload, kind } = frame;
  const seconds = frame.time / 1000;
  const opcode = kind === 'text' ? OPCODE.text : OPCODE.binary;
  out.ascii(`"type":"${frame.direction === 'sent' ? 'send' : 'receive'}","time":${seconds},"opcode":${opcode},"data":`);
  const broken = kind === 'text' && !isUtf8(payload);
  if (broken) yield* out.text(encoder.encode(decoder.decode(payload)));
  else if (kind === 'text') yield* out.text(payload);
  else yield* out.base64(payload);

  if (seconds * 1000 !== frame.time) out.ascii(`,"_framescopeTime":${frame.time}`);
  if (frame.length !== payload.length) out.ascii(`,"_framescopeLength":${frame.length}`);
  const flags = flagNames(frame.flags);
  if (flags.length > 0) out.ascii(`,"_framescopeFlags":${JSON.stringify(flags)}`);
  writeExtras(out, frame, inHar);
  if (broken) {
    out.ascii(',"_framescopeBase64":');
    yield* out.base64(payload);
  }
}

/** Chrome's note of what went wrong with the connection; `time` in ms since the epoch. */
export interface HarError {
  time: number;
  message: string;
}

/**
 * One item of `_webSocketMessages`, of any program. Opcodes other than 1 (text) count as binary.
 * @param where the place of a member in the file, for errors
 * @throws {FormatError}
 */
export function readHarMessage(
  record: Record<string, unknown>,
  connection: number,
  where: (member: string) => string,
): Frame | HarError {
  const { type, time: seconds, opcode, data } = record;
  if (type !== 'send' && type !== 'receive' && type !== 'error') {
    throw new FormatError('`type` must be "send", "receive" or "error"', where('type'));
  }
  if (!isTime(seconds)) throw new FormatError('`time` must be a number of seconds', where('time'));
  if (typeof data !== 'string') throw new FormatError('`data` must be a string', where('data'));
  const time = isTime(record._framescopeTime) ? record._framescopeTime : seconds * 1000;
  if (type === 'error') return { time, message: data };

  if (typeof opcode !== 'number') throw new FormatError('`opcode` must be a number', where('opcode'));
  const kind = opcode === OPCODE.text ? 'text' : 'binary';
  const payload = readData(record, kind, data, where);
  const length = record._framescopeLength ?? payload.length;
  if (!isUint32(length))
    throw new FormatError('A length must be a whole number below 2^32', where('_framescopeLength'));
  const names = record._framescopeFlags ?? [];
  if (!Array.isArray(names)) throw new FormatError('Flags must be a list of names', where('_framescopeFlags'));
  const sent = type === 'send';
  const flags = (sent ? FLAG.sent : 0) | (names.length > 0 ? flagBits(names.map(String)) : 0);
  return {
    time,
    connection,
    kind,
    direction: sent ? 'sent' : 'received',
    flags,
    length,
    payload,
    ...readExtras(record, where, inHar),
  };
}

function readData(
  record: Record<string, unknown>,
  kind: 'text' | 'binary',
  data: string,
  where: (member: string) => string,
): Uint8Array {
  const exact = record._framescopeBase64;
  if (kind === 'text' && typeof exact !== 'string') return encoder.encode(data);
  const bytes = decodeBase64(encoder.encode(kind === 'text' ? String(exact) : data));
  if (!bytes) {
    throw new FormatError(
      'The data of a binary message must be base64',
      where(kind === 'text' ? '_framescopeBase64' : 'data'),
    );
  }
  return bytes;
}
