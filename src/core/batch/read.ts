import { isRecord } from '../messages/rpc';
import { FLAG, FRAME_KINDS } from '../model/frame';
import { HEADER, HEADER_BYTES, MAGIC, type Note, PART_BYTES, ROW_BYTES, VERSION } from './layout';

/** A buffer that is not a batch, or lies about its own sizes. */
export class BatchError extends Error {
  override name = 'BatchError';
}

/** The fixed part of a batch: what the columns say. All arrays are views of the buffer that was read. */
export interface BatchColumns {
  /** ms since the epoch, with fractions. */
  time: Float64Array;
  /** Bytes of each payload, present or not. */
  length: Uint32Array;
  connection: Uint32Array;
  kind: Uint8Array;
  flags: Uint8Array;
}

export interface BatchHead {
  sequence: number;
  firstFrame: number;
  frames: number;
  columns: BatchColumns;
  /** The notes as they stand there: JSON. */
  notesText: string;
  /** What the header says; the payloads may lie elsewhere. */
  payloadBytes: number;
  /** Where the payloads begin, in bytes. */
  payloadStart: number;
}

export interface Batch extends BatchHead {
  notes: Note[];
  /** View of the payloads of all frames in place, then those of the part notes. */
  payloads: Uint8Array;
  /** Bytes of `payloads` that belong to the frames in place. */
  inPlaceBytes: number;
}

/** Bits that say a frame's payload does not lie among the payloads in place. */
export const NOT_IN_PLACE = FLAG.deferred | FLAG.dropped;

/**
 * Reads and validates a packed batch whole (docs/log-format.md).
 * @param buffer one batch, nothing before or after it
 * @returns views of the buffer; nothing is copied but the notes
 * @throws {BatchError} when a size, a kind, a time or a note is impossible
 */
export function readBatch(buffer: ArrayBuffer): Batch {
  const head = readHead(buffer);
  if (head.payloadStart + head.payloadBytes !== buffer.byteLength) {
    throw new BatchError(
      `The batch has ${buffer.byteLength} bytes, its header speaks of ${head.payloadStart + head.payloadBytes}`,
    );
  }
  const inPlaceBytes = bytesInPlace(head.columns);
  const notes = parseNotes(head.notesText);
  let parts = 0;
  for (const note of notes) if (note.type === 'part') parts += note.bytes;
  if (inPlaceBytes + parts !== head.payloadBytes) {
    throw new BatchError(`The frames have ${inPlaceBytes} and the parts ${parts} bytes, not ${head.payloadBytes}`);
  }
  return { ...head, notes, inPlaceBytes, payloads: new Uint8Array(buffer, head.payloadStart, head.payloadBytes) };
}

/**
 * Reads header, columns and the notes' text, and leaves the payloads to the caller: on disk they lie apart.
 * @param buffer begins with the header
 * @throws {BatchError} when it is too short, of another version, or has an impossible kind or time
 */
export function readHead(buffer: ArrayBuffer): BatchHead {
  if (buffer.byteLength < HEADER_BYTES) throw new BatchError(`${buffer.byteLength} bytes are too few for a batch`);
  const header = new DataView(buffer, 0, HEADER_BYTES);
  const field = (offset: number) => header.getUint32(offset, true);
  if (field(HEADER.magic) !== MAGIC) throw new BatchError('The batch does not begin with its mark');
  if (field(HEADER.version) !== VERSION) throw new BatchError(`Version ${field(HEADER.version)} is not known`);
  const frames = field(HEADER.frames);
  const notesStart = HEADER_BYTES + frames * ROW_BYTES;
  const payloadStart = notesStart + field(HEADER.notesBytes);
  if (payloadStart > buffer.byteLength) {
    throw new BatchError(`${frames} frames and their notes need ${payloadStart} bytes, there are ${buffer.byteLength}`);
  }
  const columns = viewColumns(buffer, frames);
  checkColumns(columns);
  return {
    sequence: field(HEADER.sequence),
    firstFrame: field(HEADER.firstFrame),
    frames,
    columns,
    notesText: new TextDecoder().decode(new Uint8Array(buffer, notesStart, payloadStart - notesStart)),
    payloadBytes: field(HEADER.payloadBytes),
    payloadStart,
  };
}

/**
 * @param buffer a batch, or the room for one
 * @param frames number of frames in it
 * @returns views of its columns
 */
export function viewColumns(buffer: ArrayBuffer, frames: number): BatchColumns {
  const length = HEADER_BYTES + frames * 8;
  const connection = length + frames * 4;
  const kind = connection + frames * 4;
  return {
    time: new Float64Array(buffer, HEADER_BYTES, frames),
    length: new Uint32Array(buffer, length, frames),
    connection: new Uint32Array(buffer, connection, frames),
    kind: new Uint8Array(buffer, kind, frames),
    flags: new Uint8Array(buffer, kind + frames, frames),
  };
}

/** @returns bytes of the payloads that are neither deferred nor dropped */
export function bytesInPlace({ length, flags }: BatchColumns): number {
  let bytes = 0;
  for (let i = 0; i < length.length; i++) if ((flags[i] & NOT_IN_PLACE) === 0) bytes += length[i];
  return bytes;
}

function checkColumns({ time, kind }: BatchColumns): void {
  for (let i = 0; i < time.length; i++) {
    if (!Number.isFinite(time[i])) throw new BatchError(`Frame ${i} has no time`);
    if (kind[i] >= FRAME_KINDS.length) throw new BatchError(`Frame ${i} is of the unknown kind ${kind[i]}`);
  }
}

function parseNotes(text: string): Note[] {
  if (text === '') return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new BatchError(`The notes are not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!Array.isArray(list)) throw new BatchError('The notes are not a list');
  return list.map((value, index) => {
    const note = parseNote(value);
    if (note === null) throw new BatchError(`Note ${index} is not a note`);
    return note;
  });
}

function parseNote(value: unknown): Note | null {
  if (!isRecord(value)) return null;
  switch (value.type) {
    case 'connection':
      return parseConnection(value);
    case 'part':
      if (!isCount(value.frame) || !isCount(value.at) || !isCount(value.bytes) || value.bytes > PART_BYTES) return null;
      return { type: 'part', frame: value.frame, at: value.at, bytes: value.bytes, last: value.last === true };
    case 'lost':
      return isCount(value.frame)
        ? { type: 'lost', frame: value.frame, why: LOST[text(value.why)] ?? text(value.why) }
        : null;
    case 'stack':
      return isCount(value.frame) ? { type: 'stack', frame: value.frame, stack: callsOf(text(value.stack)) } : null;
    case 'buffered':
      return isCount(value.frame) && isCount(value.bytes)
        ? { type: 'buffered', frame: value.frame, bytes: value.bytes }
        : null;
    default:
      return null;
  }
}

function parseConnection(value: Record<string, unknown>): Note | null {
  if (!isCount(value.id) || typeof value.url !== 'string') return null;
  const before = isRecord(value.before) ? value.before : null;
  return {
    type: 'connection',
    id: value.id,
    url: value.url,
    protocols: parseProtocols(value.protocols),
    protocol: text(value.protocol),
    extensions: text(value.extensions),
    readyState: isCount(value.readyState) ? Math.min(value.readyState, 3) : 0,
    createdAt: typeof value.createdAt === 'number' && Number.isFinite(value.createdAt) ? value.createdAt : 0,
    byUser: value.byUser === true,
    stack: typeof value.stack === 'string' ? callsOf(value.stack) : null,
    before: before && {
      sentFrames: count(before.sentFrames),
      receivedFrames: count(before.receivedFrames),
      sentBytes: count(before.sentBytes),
      receivedBytes: count(before.receivedBytes),
    },
  };
}

/** V8 begins a stack with the error itself, which here is nobody's. */
function callsOf(stack: string): string {
  return stack.replace(/^Error(?:\n|$)/, '');
}

/** What the page script says of a lost payload, in words. */
const LOST: Record<string, string> = { room: 'there was no room for it', blob: 'the Blob could not be read' };

/** The page script, which must not make lists for a page to watch, writes a single subprotocol as it is. */
function parseProtocols(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((name) => typeof name === 'string');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function count(value: unknown): number {
  return isCount(value) ? value : 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
