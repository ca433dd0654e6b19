import { HEADER, HEADER_BYTES, MAGIC, ROW_BYTES, VERSION } from '../core/batch/layout';
import { BatchError, type BatchHead, readHead, viewColumns } from '../core/batch/read';
import { isRecord } from '../core/messages/rpc';
import type { Columns } from './columns';

/**
 * What a segment's record says beside its columns. `late`: a payload lies at `offset` of this segment, its row came
 * before. `apart`: it lies in the store of parts, in pieces of so many bytes. `lost`: it will never come. `stack`: of the `send` call.
 * `buffered`: what its socket had waiting after it.
 */
export type DiskNote =
  | { type: 'late'; frame: number; offset: number; bytes: number }
  | { type: 'apart'; frame: number; parts: number[] }
  | { type: 'lost'; frame: number }
  | { type: 'stack'; frame: number; stack: string }
  | { type: 'buffered'; frame: number; bytes: number };

/** A segment, or a piece of one, as it is read back. */
export interface SegmentRecord extends BatchHead {
  notes: DiskNote[];
}

/**
 * Packs rows as they lie on disk: a batch (core/batch/layout.ts) without its payloads, with this module's notes.
 * @param columns of the log
 * @param from first row
 * @param to row after the last
 * @param segment number of the segment
 * @param payloadBytes bytes of the payload record beside it
 */
export function packRecord(
  columns: Columns,
  from: number,
  to: number,
  segment: number,
  payloadBytes: number,
  notes: DiskNote[],
): ArrayBuffer {
  const text = notes.length === 0 ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(notes));
  const rows = to - from;
  const buffer = new ArrayBuffer(HEADER_BYTES + rows * ROW_BYTES + text.length);
  const header = new DataView(buffer, 0, HEADER_BYTES);
  const set = (offset: number, value: number) => header.setUint32(offset, value, true);
  set(HEADER.magic, MAGIC);
  set(HEADER.version, VERSION);
  set(HEADER.sequence, segment);
  set(HEADER.firstFrame, from);
  set(HEADER.frames, rows);
  set(HEADER.notesBytes, text.length);
  set(HEADER.payloadBytes, payloadBytes);
  columns.copy(from, to, viewColumns(buffer, rows));
  new Uint8Array(buffer, buffer.byteLength - text.length).set(text);
  return buffer;
}

/**
 * Reads what {@link packRecord} wrote. It may come from an older version or a torn disk, so it is checked.
 * @throws {BatchError}
 */
export function readRecord(value: unknown): SegmentRecord {
  if (!(value instanceof ArrayBuffer)) throw new BatchError('The record is not a buffer');
  const head = readHead(value);
  if (head.notesText === '') return { ...head, notes: [] };
  let list: unknown;
  try {
    list = JSON.parse(head.notesText);
  } catch (error) {
    throw new BatchError(`The notes are not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!Array.isArray(list)) throw new BatchError('The notes are not a list');
  return { ...head, notes: list.map(parseNote) };
}

function parseNote(value: unknown): DiskNote {
  if (isRecord(value) && isCount(value.frame)) {
    const { type, frame } = value;
    if (type === 'lost') return { type, frame };
    if (type === 'stack' && typeof value.stack === 'string') return { type, frame, stack: value.stack };
    if (type === 'buffered' && isCount(value.bytes)) return { type, frame, bytes: value.bytes };
    if (type === 'late' && isCount(value.offset) && isCount(value.bytes)) {
      return { type, frame, offset: value.offset, bytes: value.bytes };
    }
    if (type === 'apart' && Array.isArray(value.parts) && value.parts.every(isCount)) {
      return { type, frame, parts: value.parts };
    }
  }
  throw new BatchError('There is a note that is none');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
