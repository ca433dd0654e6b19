import { type Database, keysOf, type SessionRecord } from './database';
import type { FrameLog } from './log';
import { packRecord } from './record';
import type { Segment } from './segments';

/** What is recorded is on disk after this many ms at most, unless the disk is slower. */
export const FLUSH_MS = 250;
/** After a quiet time it is on disk this soon: a session of few frames survives DevTools being closed at once. */
const SOON_MS = 20;
/** Pieces of the open segment are merged into one when there are this many. */
export const PIECES = 64;

const STORES = ['sessions', 'documents', 'connections', 'marks', 'columns', 'payloads', 'parts'] as const;

/** How much of one segment the disk has. */
interface Saved {
  rows: number;
  bytes: number;
  notes: number;
  late: number;
  pieces: number;
}

const NOTHING: Saved = { rows: 0, bytes: 0, notes: 0, late: 0, pieces: 0 };

export interface WriterOptions {
  database: Database;
  log: FrameLog;
  /** Of the session. */
  id: string;
  /** Whether there is something to write by now. */
  worthKeeping(): boolean;
  /** The session's own record as it should be now, given the one that is on disk. */
  record(onDisk: SessionRecord | undefined): SessionRecord;
  /** Told of the record that is on disk now. */
  onSaved(record: SessionRecord): void;
  /** Told of a failure; the writer has stopped by then and `log` holds what was not written. */
  onError(error: unknown): void;
}

/**
 * Brings a log to disk as it grows. The open segment is written in pieces, one for each flush, that one record replaces
 * when the segment is full, or has {@link PIECES} of them. So a flush writes what is new, and no more than once in that many
 * flushes the open segment as well, however slowly the frames come.
 */
export class Writer {
  #saved = NOTHING;
  /** The first segment that is not whole on disk. */
  #segment = 0;
  #documents = 0;
  #lastWrite = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  /** What an earlier writer of this session left of the first segment has to go first. */
  #resume = true;
  readonly #marks = new Set<number>();

  constructor(readonly options: WriterOptions) {
    const first = options.log.segments.all.findIndex((segment) => !segment.saved);
    this.#segment = first < 0 ? options.log.segments.all.length : first;
    for (const frame of options.log.marks.keys()) this.#marks.add(frame);
    // What an earlier writer took out to write may have been in a transaction that failed.
    for (const { id } of options.log.connections.list()) options.log.connections.unsaved.add(id);
  }

  /** Bytes of payloads that the disk does not have yet. */
  get waitingBytes(): number {
    const { segments, apart } = this.options.log;
    return segments.unsavedBytes - this.#saved.bytes + apart.unsavedBytes;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Something changed: it will be written soon. */
  schedule(): void {
    if (this.#timer !== null || this.#stopped) return;
    const wait = Math.max(SOON_MS, this.#lastWrite + FLUSH_MS - performance.now());
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  mark(frame: number): void {
    this.#marks.add(frame);
    this.schedule();
  }

  /** Writes what is not on disk. Resolves when it is, or when writing has failed (`onError` was told). */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running = this.#running.then(() => this.#write());
    return this.#running;
  }

  /** Writes no more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  async #write(): Promise<void> {
    if (this.#stopped) return;
    this.#lastWrite = performance.now();
    try {
      await this.#transaction();
    } catch (error) {
      this.#stopped = true;
      this.options.onError(error);
    }
  }

  async #transaction(): Promise<void> {
    const { database, log, id, worthKeeping, record } = this.options;
    if (!worthKeeping()) return;
    const transaction = database.transaction(STORES, 'readwrite', { durability: 'relaxed' });
    const store = <N extends (typeof STORES)[number]>(name: N) => transaction.objectStore(name);
    // Errors of single requests end the transaction: `done` tells.
    const ignore = () => undefined;
    transaction.done.catch(ignore);
    // Another DevTools may have named or pinned the session meanwhile.
    const session = record(await store('sessions').get(id));
    store('sessions').put(session, session.id).catch(ignore);

    const full: Segment[] = [];
    let saved = this.#saved;
    for (let number = this.#segment; number < log.segments.all.length; number++) {
      const segment = log.segments.all[number];
      const whole = segment.full || saved.pieces >= PIECES;
      if ((whole && saved.pieces > 0) || this.#resume) {
        this.#resume = false;
        store('columns').delete(keysOf(session.id, number)).catch(ignore);
        store('payloads').delete(keysOf(session.id, number)).catch(ignore);
        saved = NOTHING;
      }
      // A segment whose payloads were dropped still has its rows.
      const bytes = segment.data === null ? 0 : segment.bytes;
      const [notes, late] = [segment.notes.length, segment.late.length];
      const next = { rows: segment.rows, bytes, notes, late, pieces: saved.pieces + 1 };
      if (next.rows > saved.rows || next.bytes > saved.bytes || next.notes > saved.notes || late > saved.late) {
        const told = [...segment.notes.slice(saved.notes), ...segment.late.notes(saved.late)];
        const [from, to] = [segment.first + saved.rows, segment.first + next.rows];
        const columns = packRecord(log.columns, from, to, number, next.bytes - saved.bytes, told);
        const key: [string, number, number] = [session.id, number, saved.pieces];
        store('columns').put(columns, key).catch(ignore);
        store('payloads')
          .put(cutOut(segment.data, saved.bytes, bytes), key)
          .catch(ignore);
        saved = next;
      }
      if (segment.full) {
        full.push(segment);
        saved = NOTHING;
      }
    }
    const parts = log.apart.unsaved.slice();
    for (const { frame, part, data } of parts) {
      store('parts')
        .put(data as Uint8Array<ArrayBuffer>, [session.id, frame, part])
        .catch(ignore);
    }
    const connections = [...log.connections.unsaved];
    for (const id of connections) {
      const entry = log.connections.get(id);
      if (entry) store('connections').put(entry.connection, [session.id, id]).catch(ignore);
    }
    log.connections.unsaved.clear();
    const documents = log.documents.slice(this.#documents);
    for (const document of documents) store('documents').put(document, [session.id, document.id]).catch(ignore);
    const marks = [...this.#marks];
    this.#marks.clear();
    for (const frame of marks) {
      const note = log.marks.get(frame);
      const key: [string, number] = [session.id, frame];
      if (note === undefined) store('marks').delete(key).catch(ignore);
      else store('marks').put(note, key).catch(ignore);
    }
    await transaction.done;

    this.options.onSaved(session);
    this.#saved = saved;
    this.#segment += full.length;
    this.#documents += documents.length;
    for (const segment of full) log.segments.markSaved(segment);
    log.apart.markSaved(parts);
  }
}

/** The bytes alone: storing a view would store all of its buffer. */
function cutOut(data: Uint8Array | null, from: number, to: number): Uint8Array<ArrayBuffer> {
  if (data === null) return new Uint8Array(0);
  const whole = from === 0 && to === data.buffer.byteLength;
  return (whole ? data : data.slice(from, to)) as Uint8Array<ArrayBuffer>;
}
