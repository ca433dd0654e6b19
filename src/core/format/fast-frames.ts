import { FLAG, FRAME_KINDS, type Frame } from '../model/frame';
import { decodeBase64 } from './base64';
import { FlatObject } from './flat-object';
import { isTime, isUint32 } from './numbers';
import { isUtf8 } from './utf8';

const encoder = new TextEncoder();
const [SEND, RECEIVE, SENT, RECEIVED, FRAME] = ['send', 'receive', 'sent', 'received', 'frame'].map((word) =>
  encoder.encode(word),
);
const KINDS = FRAME_KINDS.map((kind) => encoder.encode(kind));

const harMessage = new FlatObject(['type', 'time', 'opcode', 'data']);
const HAR = { type: 0, time: 1, opcode: 2, data: 3 } as const;

const frameLine = new FlatObject(['type', 'time', 'connection', 'direction', 'kind', 'length', 'text', 'base64']);
const LINE = { type: 0, time: 1, connection: 2, direction: 3, kind: 4, length: 5, text: 6, base64: 7 } as const;

/**
 * The frame of one item of `_webSocketMessages`, if it is an ordinary message. Several times as fast as parsing JSON.
 * @param json the item's text; the frame's payload may be a view of it, valid until the next call
 * @returns `null` for anything unusual or wrong: then `readHarMessage` says what it is
 */
export function fastHarMessage(json: Uint8Array, connection: number): Frame | null {
  if (!harMessage.parse(json)) return null;
  const sent = harMessage.is(HAR.type, SEND);
  if (!sent && !harMessage.is(HAR.type, RECEIVE)) return null;
  const seconds = harMessage.number(HAR.time);
  const opcode = harMessage.number(HAR.opcode);
  const data = harMessage.bytes(HAR.data);
  if (!isTime(seconds) || data === null || (opcode !== 1 && opcode !== 2)) return null;
  const payload = opcode === 1 ? data : decodeBase64(data);
  if (payload === null || (opcode === 1 && !isUtf8(data))) return null;
  return {
    time: seconds * 1000,
    connection,
    kind: opcode === 1 ? 'text' : 'binary',
    direction: sent ? 'sent' : 'received',
    flags: sent ? FLAG.sent : 0,
    length: payload.length,
    payload,
  };
}

/**
 * The frame of one NDJSON line, if it is a frame's line and ordinary. Several times as fast as parsing JSON.
 * @param json the line; the frame's payload may be a view of it, valid until the next call
 * @returns `null` for anything unusual or wrong: then `readFrameRecord` says what it is
 */
export function fastFrameLine(json: Uint8Array): Frame | null {
  if (!frameLine.parse(json) || !frameLine.is(LINE.type, FRAME)) return null;
  const sent = frameLine.is(LINE.direction, SENT);
  const kind = FRAME_KINDS[KINDS.findIndex((name) => frameLine.is(LINE.kind, name))];
  const time = frameLine.number(LINE.time);
  const connection = frameLine.number(LINE.connection);
  if (kind === undefined || !isTime(time) || !isUint32(connection)) return null;
  if (!sent && !frameLine.is(LINE.direction, RECEIVED)) return null;
  if (frameLine.has(LINE.text) === frameLine.has(LINE.base64)) return null;
  const text = frameLine.bytes(LINE.text);
  const base64 = frameLine.bytes(LINE.base64);
  const payload = text ?? (base64 && decodeBase64(base64));
  if (payload === null || (text !== null && !isUtf8(text))) return null;
  if (frameLine.number(LINE.length) !== payload.length) return null;
  const direction = sent ? 'sent' : 'received';
  return { time, connection, kind, direction, flags: sent ? FLAG.sent : 0, length: payload.length, payload };
}
