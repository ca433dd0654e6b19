import {
  type BufferedNote,
  type ConnectionNote,
  HEADER_BYTES,
  type Note,
  PART_BYTES,
  ROW_BYTES,
  type StackNote,
} from '../core/batch/layout';
import { type Batch, type BatchColumns, NOT_IN_PLACE, viewColumns } from '../core/batch/read';
import { PairLinks } from '../core/insight/pairs/pair-links';
import type { DocumentInfo } from '../core/model/connection';
import { FLAG, FRAME_KINDS, type Frame, KIND } from '../core/model/frame';
import { ApartPayloads, type PartsLoader } from './apart';
import { APART, Columns, NOWHERE } from './columns';
import { ConnectionTable, type Entry, parseJson } from './connections';
import type { LiveDocument } from './documents';
import type { Limits } from './limits';
import { type SegmentLoader, Segments } from './segments';
import { Stacks } from './stacks';

export interface LogOptions {
  limits: Limits;
  loadSegment: SegmentLoader;
  loadParts: PartsLoader;
  /** Takes payloads of a segment that nobody wants any more. */
  discard?: (data: Uint8Array) => void;
}

/** The frames of one session with all that belongs to them: columns, payloads, connections, documents, marks. */
export class FrameLog {
  readonly columns = new Columns();
  readonly segments: Segments;
  readonly apart: ApartPayloads;
  readonly connections = new ConnectionTable();
  readonly documents: DocumentInfo[] = [];
  /** Notes of marked frames. */
  readonly marks = new Map<number, string>();
  /** Which frame answers which, as far as insight has read. */
  readonly pairs = new PairLinks();
  readonly stacks: Stacks;
  /** What a socket had waiting to be sent after a frame, in bytes, where the page told. */
  readonly buffered = new Map<number, number>();
  /** Bytes of all messages, as they went over the wire. */
  bytes = 0;
  /** Frames without their payload, and frames that are missing altogether. */
  dropped = 0;
  /** Time of the earliest frame, ms since the epoch. */
  earliest = Number.POSITIVE_INFINITY;
  /** Whether rows may stand far from their place in time: in files, connections come one after the other. */
  unordered = false;
  /** Its session was deleted: payloads that memory does not hold are lost. */
  gone = false;
  /** Told of frames whose payload came after their row, or was dropped since. */
  onLate: (frame: number) => void = () => undefined;
  /** Pieces of deferred payloads that are not yet whole. */
  readonly #pending = new Map<number, Uint8Array[]>();
  readonly #one = viewColumns(new ArrayBuffer(HEADER_BYTES + ROW_BYTES), 1);

  constructor(options: LogOptions) {
    this.segments = new Segments(options.limits, options.loadSegment, options.discard);
    this.apart = new ApartPayloads(options.loadParts);
    this.stacks = new Stacks(options.limits.stackBytes);
  }

  get frames(): number {
    return this.columns.rows;
  }

  /** Time of the earliest frame, ms since the epoch; 0 while there is none. */
  get start(): number {
    return this.frames === 0 ? 0 : this.earliest;
  }

  /** Appends a batch of a document of this log. */
  append(document: LiveDocument, batch: Batch): void {
    // In the order of construction: a page that is recorded late tells first of those that are still open.
    const announced = batch.notes.filter((note) => note.type === 'connection').sort((one, other) => one.id - other.id);
    for (const note of announced) this.#noteConnection(document, note);
    if (document.nextFrame !== null && batch.firstFrame > document.nextFrame && batch.frames > 0) {
      this.#missing(this.#entry(document, batch.columns.connection[0]), batch, batch.firstFrame - document.nextFrame);
    }
    document.nextFrame = batch.firstFrame + batch.frames;
    const first = this.#appendRows(batch.columns, batch.payloads, (id) => this.#entry(document, id));
    for (let i = 0; i < batch.frames; i++) {
      if ((batch.columns.flags[i] & NOT_IN_PLACE) === FLAG.deferred)
        document.deferred.set(batch.firstFrame + i, first + i);
    }
    let at = batch.inPlaceBytes;
    for (const note of batch.notes) {
      if (note.type === 'part') {
        const frame = document.deferred.get(note.frame);
        // Parts of a frame that was cleared since are not ours any more.
        if (
          frame !== undefined &&
          this.addPart(frame, note.at, batch.payloads.subarray(at, at + note.bytes), note.last)
        ) {
          document.deferred.delete(note.frame);
        }
        at += note.bytes;
      } else this.#noteFrame(document, batch, first, note);
    }
  }

  /** Appends one frame of a connection that is in the table already. @returns its number */
  appendFrame(frame: Frame): number {
    const one = this.#one;
    const large = frame.payload.length > PART_BYTES;
    const late = large ? FLAG.deferred : 0;
    const missing = (frame.flags & FLAG.dropped) === 0 && frame.payload.length !== frame.length ? FLAG.dropped : 0;
    one.time[0] = frame.time;
    one.length[0] = frame.length;
    one.connection[0] = frame.connection;
    one.kind[0] = KIND[frame.kind];
    one.flags[0] =
      (frame.flags & ~FLAG.deferred & ~FLAG.sent) | late | missing | (frame.direction === 'sent' ? FLAG.sent : 0);
    const inPlace = (one.flags[0] & NOT_IN_PLACE) === 0;
    const entry = this.connections.get(frame.connection) ?? this.connections.create(0);
    const row = this.#appendRows(one, inPlace ? frame.payload : new Uint8Array(0), () => entry);
    const { buffered, stack, mark } = frame;
    if (buffered !== undefined) this.#keepNote({ type: 'buffered', frame: row, bytes: buffered });
    if (stack !== undefined) this.#keepNote({ type: 'stack', frame: row, stack });
    if (mark !== undefined) this.marks.set(row, mark);
    if ((one.flags[0] & NOT_IN_PLACE) === FLAG.deferred) {
      for (let at = 0; at < frame.payload.length; at += PART_BYTES) {
        this.addPart(row, at, frame.payload.subarray(at, at + PART_BYTES), at + PART_BYTES >= frame.payload.length);
      }
    }
    return row;
  }

  /**
   * The next piece of a deferred payload.
   * @returns whether the payload is settled: whole, or lost because its pieces do not fit together
   */
  addPart(frame: number, at: number, piece: Uint8Array, last: boolean): boolean {
    const length = this.columns.length(frame);
    if (length > PART_BYTES) return this.#addApart(frame, at, piece, last, length);
    const pieces = this.#pending.get(frame) ?? [];
    this.#pending.set(frame, pieces);
    const before = pieces.reduce((sum, { length }) => sum + length, 0);
    const total = before + piece.length;
    if (before !== at || total > length || (last && total !== length)) return this.lose(frame);
    if (!last) {
      pieces.push(piece.slice());
      return false;
    }
    this.#pending.delete(frame);
    const segment = this.segments.openFor(this.frames, length);
    const offset = segment.bytes;
    let position = offset;
    for (const part of [...pieces, piece]) {
      this.segments.write(segment, position, part);
      position += part.length;
    }
    segment.bytes = position;
    segment.late.push(frame, offset, length);
    this.columns.locate(frame, segment.number, offset);
    this.onLate(frame);
    return true;
  }

  /** A payload will not come, or was let go: the row stays and says so. @returns true */
  lose(frame: number): true {
    this.#pending.delete(frame);
    this.apart.remove(frame);
    if ((this.columns.flags(frame) & FLAG.dropped) === 0) {
      this.columns.addFlags(frame, FLAG.dropped);
      this.columns.locate(frame, NOWHERE, 0);
      this.segments.open(this.frames).notes.push({ type: 'lost', frame });
      this.dropped++;
      this.onLate(frame);
    }
    return true;
  }

  /** Whether the payload is still on its way. */
  isAwaited(frame: number): boolean {
    return this.columns.segment(frame) === NOWHERE && (this.columns.flags(frame) & NOT_IN_PLACE) === FLAG.deferred;
  }

  /** The payload if it is in memory; `null` when there is none, `undefined` when it has to be loaded. */
  payloadNow(frame: number): Uint8Array | null | undefined {
    const number = this.columns.segment(frame);
    if (number === NOWHERE) return null;
    if (number === APART) return undefined;
    const data = this.segments.peek(number);
    if (data === null) return this.segments.all[number].dropped ? null : undefined;
    const offset = this.columns.offset(frame);
    return data.subarray(offset, offset + this.columns.length(frame));
  }

  /** The payload, from memory or disk, from byte `from` to `to` (exclusive); `null` when there is none. */
  async payload(frame: number, from = 0, to = Number.POSITIVE_INFINITY): Promise<Uint8Array | null> {
    const now = this.payloadNow(frame);
    if (now !== undefined) return now?.subarray(from, to) ?? null;
    if (this.columns.segment(frame) === APART) return this.apart.slice(frame, from, to);
    const data = await this.segments.get(this.columns.segment(frame));
    const offset = this.columns.offset(frame);
    return data?.subarray(offset, offset + this.columns.length(frame)).subarray(from, to) ?? null;
  }

  /** Appends rows whose payloads in place lie in `payloads` from its beginning. @returns number of the first */
  #appendRows(columns: BatchColumns, payloads: Uint8Array, entryOf: (id: number) => Entry): number {
    const first = this.frames;
    let position = 0;
    let runFrom = 0;
    let segment = this.segments.openFor(first, 0);
    let runOffset = segment.bytes;
    const endRun = () => {
      if (position > runFrom) this.segments.write(segment, runOffset, payloads.subarray(runFrom, position));
    };
    let id = -1;
    let entry: Entry | null = null;
    for (let i = 0; i < columns.time.length; i++) {
      if (entry === null || columns.connection[i] !== id) {
        id = columns.connection[i];
        entry = entryOf(id);
        this.connections.touch(entry.connection.id);
      }
      const flags = columns.flags[i];
      const length = columns.length[i];
      const bytes = (flags & NOT_IN_PLACE) === 0 ? length : 0;
      if (!this.segments.fits(segment, bytes)) {
        endRun();
        segment = this.segments.openFor(this.frames, bytes);
        runFrom = position;
        runOffset = segment.bytes;
      }
      const place = bytes === length ? segment.number : NOWHERE;
      const row = this.columns.push(columns, i, entry.connection.id, place, segment.bytes, entry.last);
      entry.last = row;
      if (columns.time[i] < this.earliest) this.earliest = columns.time[i];
      segment.rows++;
      segment.bytes += bytes;
      const kind = columns.kind[i];
      if (kind <= KIND.binary) {
        this.connections.count(entry, row, columns.time[i], flags, length);
        this.bytes += length;
      } else this.#event(entry, kind, columns.time[i], payloads.subarray(position, position + bytes));
      if ((flags & FLAG.dropped) !== 0) this.dropped++;
      position += bytes;
    }
    endRun();
    return first;
  }

  #event(entry: Entry, kind: number, time: number, payload: Uint8Array): void {
    this.connections.event(entry, kind, time, payload);
    if (kind !== KIND.gap) return;
    const { why, frames } = parseJson(payload);
    if (why === 'pressure' && typeof frames === 'number' && frames > 0) this.dropped += frames;
  }

  #addApart(frame: number, at: number, piece: Uint8Array, last: boolean, length: number): boolean {
    const total = this.apart.add(frame, piece);
    if (total - piece.length !== at || total > length || (last && total !== length)) return this.lose(frame);
    if (!last) return false;
    this.columns.locate(frame, APART, 0);
    this.segments.open(this.frames).notes.push({ type: 'apart', frame, parts: this.apart.complete(frame) });
    this.onLate(frame);
    return true;
  }

  #noteConnection(document: LiveDocument, note: ConnectionNote): void {
    this.connections.note(this.#entry(document, note.id), note);
  }

  #entry(document: LiveDocument, id: number): Entry {
    if (id === 0) return this.connections.nobody;
    let entry = document.connections.get(id);
    if (entry === undefined) {
      entry = this.connections.create(document.id, '', document.source);
      document.connections.set(id, entry);
    }
    return entry;
  }

  #noteFrame(document: LiveDocument, batch: Batch, first: number, note: Note): void {
    if (note.type === 'lost') {
      const frame = document.deferred.get(note.frame);
      document.deferred.delete(note.frame);
      if (frame !== undefined) this.lose(frame);
    } else if (note.type === 'stack' || note.type === 'buffered') {
      const frame = first + note.frame - batch.firstFrame;
      if (frame < first || frame >= this.frames) return;
      this.#keepNote({ ...note, frame });
    }
  }

  /** @param note by the frame's number in the log */
  #keepNote(note: StackNote | BufferedNote): void {
    const { notes } = this.segments.open(this.frames);
    if (note.type === 'stack') {
      const stack = this.stacks.set(note.frame, note.stack);
      // What memory has no room for is not there when the session is read back either.
      if (stack !== null) notes.push({ ...note, stack });
    } else {
      this.buffered.set(note.frame, note.bytes);
      notes.push(note);
    }
  }

  /** Batches of a document are missing: a row says how many frames that are. */
  #missing(entry: Entry, batch: Batch, frames: number): void {
    const payload = new TextEncoder().encode(JSON.stringify({ frames, bytes: 0, why: 'pressure' }));
    this.appendFrame({
      time: batch.columns.time[0],
      connection: entry.connection.id,
      kind: FRAME_KINDS[KIND.gap],
      direction: 'received',
      flags: 0,
      length: payload.length,
      payload,
    });
  }
}
