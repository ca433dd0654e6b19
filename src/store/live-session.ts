import type { Database, SessionRecord } from './database';
import { dropOldest } from './let-go';
import type { Limits } from './limits';
import { fetchSegment, loadParts } from './load-payloads';
import { FrameLog } from './log';
import type { SegmentReader } from './segment-reader';
import { Writer } from './writer';

export interface SessionStart {
  id: string;
  site: string;
  /** ms since the epoch. */
  time: number;
  name?: string;
  pinned?: boolean;
}

/** A session that is being recorded: its log, and its way to the disk while there is one. */
export class LiveSession {
  readonly log: FrameLog;
  name: string;
  pinned: boolean;
  state: SessionRecord['state'] = 'live';
  importedFrom: string | null = null;
  endedAt = 0;
  /** When it came here, ms since the epoch, unless it was recorded here. */
  keptSince: number | null = null;
  /** What of the record the user can change from any DevTools, as the disk had it when it was last looked at. */
  #onDisk: Pick<SessionRecord, 'name' | 'pinned'>;
  #writer: Writer | null = null;
  #database: Database | null = null;

  constructor(
    readonly start: SessionStart,
    readonly limits: Limits,
    reader: SegmentReader | null = null,
  ) {
    this.name = start.name ?? start.site;
    this.pinned = start.pinned ?? false;
    this.#onDisk = { name: this.name, pinned: this.pinned };
    this.log = new FrameLog({
      limits,
      loadSegment: (segment, ahead) => fetchSegment(ahead ? reader : null, this.#database, start.id, segment),
      loadParts: (frame, from, to) => loadParts(this.#database, start.id, frame, from, to),
      discard: (data) => reader?.discard(data),
    });
  }

  /** Where the recorder did not know the site at the beginning (Firefox), the first main document tells. */
  nameSite(site: string): void {
    if (this.start.site !== '') return;
    this.start.site = site;
    if (this.name === '') this.name = site;
  }

  get id(): string {
    return this.start.id;
  }

  /** A session without frames and connections is none: it is not listed and not kept. */
  get empty(): boolean {
    return this.log.frames === 0 && this.log.connections.size === 0;
  }

  get onDisk(): boolean {
    return this.#writer !== null;
  }

  /** Too much waits for the disk: nothing more should come before a flush. */
  get behind(): boolean {
    return (this.#writer?.waitingBytes ?? 0) > this.limits.waitingBytes;
  }

  /** From now on everything goes to disk, also what came until now. */
  write(database: Database, onError: (error: unknown) => void): void {
    if (this.#writer !== null) return;
    this.#database = database;
    this.#writer = new Writer({
      database,
      log: this.log,
      id: this.id,
      worthKeeping: () => !this.empty || this.importedFrom !== null,
      record: (onDisk) => this.#merged(onDisk),
      onSaved: ({ name, pinned }) => {
        this.#onDisk = { name, pinned };
      },
      onError: (error) => {
        this.#writer = null;
        onError(error);
      },
    });
    if (!this.empty) this.#writer.schedule();
  }

  /** From now on nothing goes to disk. What is there stays. */
  async stopWriting(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await writer?.stop();
  }

  /** Something changed. @returns the frames whose payload had to go, where memory is all there is */
  changed(): number[] {
    if (this.#writer !== null) {
      this.#writer.schedule();
      return [];
    }
    return dropOldest(this.log, this.limits.memoryBytes);
  }

  mark(frame: number): void {
    this.#writer?.mark(frame);
  }

  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  /** Takes over the name and the pin that another DevTools gave this session on disk. */
  adopt({ name, pinned }: SessionRecord): void {
    if (name !== this.#onDisk.name) this.name = name;
    if (pinned !== this.#onDisk.pinned) this.pinned = pinned;
    this.#onDisk = { name, pinned };
  }

  /** The record to be written over the one on disk, of which nothing is lost that the user said. */
  #merged(onDisk: SessionRecord | undefined): SessionRecord {
    if (onDisk !== undefined) this.adopt(onDisk);
    return { ...this.record(), deletedAt: onDisk?.deletedAt ?? null };
  }

  record(): SessionRecord {
    const { log, start } = this;
    const last = log.frames === 0 ? start.time : log.columns.time(log.frames - 1);
    return {
      id: start.id,
      name: this.name,
      site: start.site,
      startedAt: start.time,
      endedAt: Math.max(start.time, last, this.endedAt),
      connections: log.connections.size,
      frames: log.frames,
      bytes: log.bytes,
      importedFrom: this.importedFrom,
      live: this.state === 'live',
      pinned: this.pinned,
      state: this.state,
      dropped: log.dropped,
      keptSince: this.keptSince ?? start.time,
      deletedAt: null,
    };
  }
}
