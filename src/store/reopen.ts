import { type BatchColumns, NOT_IN_PLACE } from '../core/batch/read';
import { FLAG, KIND } from '../core/model/frame';
import { APART, NOWHERE } from './columns';
import { type Entry, SAMPLES } from './connections';
import { type Database, keysOf, type SegmentKey, type SessionRecord } from './database';
import { giveBack } from './give-back';
import type { Limits } from './limits';
import { fetchSegment, loadParts } from './load-payloads';
import { FrameLog } from './log';
import { type DiskNote, readRecord, type SegmentRecord } from './record';
import type { SegmentReader } from './segment-reader';
import type { Segment } from './segments';

/** A log that was read back from disk. */
export interface Reopened {
  log: FrameLog;
  /** Records that could not be read, or that are not there. */
  torn: number;
}

/**
 * Reads a session back: its columns at once, its payloads when they are looked at. A record that is torn or missing is
 * set aside and counted; rows stand in for its frames, so that all others keep their numbers.
 * @throws {DOMException} when the database cannot be read at all
 */
export async function reopenLog(
  database: Database,
  session: SessionRecord,
  limits: Limits,
  segments: SegmentReader | null,
): Promise<Reopened> {
  const range = keysOf(session.id);
  const [columns, keys, payloadKeys, connections, documents, markKeys, marks] = await Promise.all([
    database.getAll('columns', range),
    database.getAllKeys('columns', range),
    database.getAllKeys('payloads', range),
    database.getAll('connections', range),
    database.getAll('documents', range),
    database.getAllKeys('marks', range),
    database.getAll('marks', range),
  ]);
  const log = new FrameLog({
    limits,
    loadSegment: (segment, ahead) => fetchSegment(ahead ? segments : null, database, session.id, segment),
    loadParts: (frame, from, to) => loadParts(database, session.id, frame, from, to),
    discard: (data) => segments?.discard(data),
  });
  log.unordered = session.importedFrom !== null;
  log.documents.push(...documents);
  for (const connection of connections) {
    // A file, or a browser that is gone: nothing of it is open any more.
    log.connections.add(session.state === 'live' ? connection : { ...connection, state: 'closed' });
  }
  for (const [index, [, frame]] of markKeys.entries()) log.marks.set(frame, marks[index]);
  const reader = new RecordReader(log, new Set(payloadKeys.map(String)));
  for (const [index, key] of keys.entries()) {
    // The payloads of a torn record still take their place among those of its segment.
    const record: unknown = columns[index];
    if (!reader.read(key, record)) reader.skip(key, (await database.get('payloads', key))?.length ?? 0);
    if (record instanceof ArrayBuffer) giveBack(new Uint8Array(record));
  }
  reader.standIn(session.frames);
  if (session.state !== 'live') reader.finish();
  log.dropped += session.dropped;
  return { log, torn: reader.torn };
}

class RecordReader {
  torn = 0;
  #segment: Segment | null = null;
  readonly #deferred: number[] = [];

  constructor(
    readonly log: FrameLog,
    readonly payloads: Set<string>,
  ) {}

  /** One record: a segment, or the next piece of the one before. @returns false when it is torn */
  read(key: SegmentKey, value: unknown): boolean {
    let record: SegmentRecord;
    try {
      record = readRecord(value);
      if (record.firstFrame < this.log.frames) throw new Error('Its frames are there already');
    } catch {
      // What is wrong with it helps nobody: the number of frames that are missing is told.
      this.torn++;
      return false;
    }
    this.standIn(record.firstFrame);
    const segment = this.#segmentOf(key);
    const whole = this.payloads.has(String(key));
    if (!whole) this.torn++;
    this.#rows(segment, record, whole);
    for (const note of record.notes) this.#note(segment, note, whole);
    return true;
  }

  /** Leaves out the payloads of a record that is torn. */
  skip(key: SegmentKey, bytes: number): void {
    this.#segmentOf(key).bytes += bytes;
  }

  #segmentOf([, number]: SegmentKey): Segment {
    if (this.#segment?.number !== number) this.#segment = this.log.segments.restore(number, this.log.frames);
    return this.#segment;
  }

  /** Rows for frames that are missing, up to number `to`. */
  standIn(to: number): void {
    const { columns, connections } = this.log;
    const missing = to - columns.rows;
    if (missing <= 0) return;
    const before = columns.rows - 1;
    const connection = before < 0 ? (connections.list()[0]?.id ?? 1) : columns.connection(before);
    this.#restore(0, {
      time: new Float64Array(missing).fill(before < 0 ? 0 : columns.time(before)),
      length: new Uint32Array(missing),
      connection: new Uint32Array(missing).fill(connection),
      kind: new Uint8Array(missing).fill(KIND.gap),
      flags: new Uint8Array(missing).fill(FLAG.dropped),
    });
    this.log.dropped += missing;
  }

  /** A payload that was still to come when the recorder was killed will never come. */
  finish(): void {
    for (const row of this.#deferred) if (this.log.columns.segment(row) === NOWHERE) this.#lost(row);
  }

  #rows(segment: Segment, record: SegmentRecord, whole: boolean): void {
    const { columns } = record;
    const offsets = new Uint32Array(record.frames).fill(NOWHERE);
    // Payloads that came late lie between those in place, which follow one another.
    const late = record.notes.filter((note) => note.type === 'late').sort((a, b) => a.offset - b.offset);
    let next = 0;
    let offset = segment.bytes;
    for (let i = 0; i < record.frames; i++) {
      if ((columns.flags[i] & NOT_IN_PLACE) !== 0) continue;
      while (next < late.length && late[next].offset === offset) offset += late[next++].bytes;
      if (whole) offsets[i] = offset;
      else {
        columns.flags[i] |= FLAG.dropped;
        this.log.dropped++;
      }
      offset += columns.length[i];
    }
    this.#restore(segment.number, columns, offsets);
    segment.rows += record.frames;
    if (whole) segment.bytes += record.payloadBytes;
  }

  /** Appends rows, and links each to the one before on its connection. */
  #restore(segment: number, columns: BatchColumns, offset?: Uint32Array): void {
    const { log } = this;
    const { time, length, kind, flags, connection } = columns;
    const rows = time.length;
    const previous = new Uint32Array(rows);
    const first = log.columns.rows;
    let entry: Entry | undefined;
    for (let i = 0; i < rows; i++) {
      const id = connection[i];
      if (entry?.connection.id !== id) entry = log.connections.get(id) ?? log.connections.restore(id);
      previous[i] = entry.last;
      entry.last = first + i;
      if (time[i] < log.earliest) log.earliest = time[i];
      if ((flags[i] & NOT_IN_PLACE) === FLAG.deferred) this.#deferred.push(first + i);
      if (kind[i] > KIND.binary) continue;
      log.bytes += length[i];
      if (entry.samples.length < SAMPLES) entry.samples.push(first + i);
    }
    log.columns.restore(columns, segment, { previous, offset: offset ?? new Uint32Array(rows).fill(NOWHERE) });
  }

  #note(segment: Segment, note: DiskNote, whole: boolean): void {
    const { columns, apart, stacks, buffered } = this.log;
    if (note.frame >= columns.rows) return;
    const dropped = (columns.flags(note.frame) & FLAG.dropped) !== 0;
    if (note.type === 'late' && !whole) this.#lost(note.frame);
    else if (dropped && (note.type === 'late' || note.type === 'apart')) return;
    else if (note.type === 'late') {
      segment.late.push(note.frame, note.offset, note.bytes);
      columns.locate(note.frame, segment.number, note.offset);
    } else if (note.type === 'apart') {
      apart.restore(note.frame, note.parts);
      columns.locate(note.frame, APART, 0);
    } else if (note.type === 'stack') stacks.set(note.frame, note.stack);
    else if (note.type === 'buffered') buffered.set(note.frame, note.bytes);
    else columns.addFlags(note.frame, FLAG.dropped);
  }

  /** What its recorder knew to be lost is among what the session's record counts. */
  #lost(row: number): void {
    if ((this.log.columns.flags(row) & FLAG.dropped) !== 0) return;
    this.log.columns.addFlags(row, FLAG.dropped);
    this.log.dropped++;
  }
}
