import type { CompiledFilter, FilterEnvironment } from '../core/filter/types';
import type { FileFormat } from '../core/format/types';
import { isRecord, RemoteError } from '../core/messages/rpc';
import type { LogId, StoreEvents } from '../core/messages/store';
import { type Budget, DEFAULT_BUDGET, keepBudget, parseBudget } from './budget';
import type { Database } from './database';
import { chosenFor, parseChoices } from './decoder-choices';
import { DecoderList } from './decoder-list';
import type { Decoders } from './decoders';
import { LiveDocuments } from './documents';
import type { SandboxWorker } from './function-decoder';
import { inWords } from './in-words';
import { attachInsight } from './insight/attach-insight';
import { loseDisk } from './let-go';
import { LIMITS, type Limits } from './limits';
import { LiveSession } from './live-session';
import { openInTime } from './open-in-time';
import { type OpenLog, openLog } from './open-log';
import { type Channel, OtherStores } from './others';
import { Pace } from './pace';
import type { ProbeWorker } from './prober';
import { ProberPool } from './prober-pool';
import { recover } from './recovery';
import { Schemas } from './schemas';
import { type ReaderWorker, SegmentReader } from './segment-reader';
import { SessionLocks } from './session-locks';
import { listSessions } from './sessions';
import { STACKS_FULL } from './stacks';
import { throttle } from './turns';
import { UserDecoders } from './user-decoders';
import type { View } from './view';

/** What the store needs of `core/format/registry`, which is loaded when first asked for. */
export interface Formats {
  formats: readonly FileFormat[];
  /** @throws {FormatError} when the file is of no known format */
  formatFor(head: Uint8Array, name: string): FileFormat;
}

/** What the store needs from outside; tests give stand-ins. */
export interface StoreDeps {
  /** @param onLost told when nothing can be written any more, and why */
  openDatabase(onLost: (reason: string) => void): Promise<Database>;
  loadDecoders(): Promise<Decoders>;
  loadFormats(): Promise<Formats>;
  compileFilter(query: string, environment: FilterEnvironment): CompiledFilter;
  /** Tells the sessions that some DevTools still records from those whose browser was killed. */
  locks: Pick<LockManager, 'request' | 'query'> | null;
  /** Makes the Worker in which regexes are tried; `null` where there are no Workers. */
  createProbe: (() => ProbeWorker) | null;
  /** Makes the Worker that reads segments; `null` where there are no Workers. */
  createReader: (() => ReaderWorker) | null;
  /** Makes the sandbox in which a function of the user's runs; `null` where there are none. */
  createSandbox: (() => SandboxWorker) | null;
  /** What all stores of the profile hear; `null` where there is none. */
  createChannel: (() => Channel) | null;
  /** ms since the epoch. */
  now(): number;
  /** Version of Framescope. */
  version: string;
  /** Other bounds than those in use, for tests. */
  limits?: Limits;
}

export type Emit = <K extends keyof StoreEvents>(event: K, data: StoreEvents[K]) => void;

/** Counts and connections are told at most this often, in ms. */
export const TELL_MS = 100;

/** Everything that one Worker knows; the handlers of the calls work on it. */
export class Store {
  live: LiveSession;
  liveLog: OpenLog;
  readonly limits: Limits;
  readonly documents = new LiveDocuments();
  readonly pace = new Pace();
  /** Earlier sessions that are open, by id. */
  readonly opened = new Map<string, OpenLog>();
  readonly views = new Map<number, View>();
  /** Sessions that only memory has, by id: imported where there is no disk, or where the user wants nothing on it. */
  readonly inMemory = new Map<string, LiveSession>();
  /** Sessions that the user deleted here and may take back. */
  readonly deleted = new Set<string>();
  readonly locks: SessionLocks;
  readonly decoders: DecoderList;
  readonly schemas = new Schemas(this);
  readonly userDecoders = new UserDecoders(this);
  readonly prober: ProberPool | null;
  readonly reader: SegmentReader | null;
  readonly #others: OtherStores;
  budget: Budget = DEFAULT_BUDGET;
  /** Decoders that the user chose, by URL without query or by a pattern of such URLs; empty for none. */
  readonly preferred = new Map<string, string>();
  /** The same as they were when they were read or written last. */
  savedChoices: ReadonlyMap<string, string> = new Map();
  /** JSON paths by which the user wants messages paired, by URL without query. */
  readonly pairFields = new Map<string, string>();
  /** The log whose kinds or pairs somebody looks at. */
  watched: LogId | null = null;
  /** Resolves when the database is open; `null` when there is none. */
  database: Promise<Database | null>;
  /** Resolves when what earlier stores left is in order. */
  readonly ready: Promise<void>;
  /** The user wants the live session on disk. */
  persist = false;
  /** Why it is not there, in words for the user. */
  problem: string | null = null;
  /** Payloads of the live session had to go, and the user was told. */
  memoryFull = false;
  readonly tellCounts: () => void;
  readonly tellConnections: () => void;

  constructor(
    readonly deps: StoreDeps,
    readonly emit: Emit,
  ) {
    this.limits = deps.limits ?? LIMITS;
    this.decoders = new DecoderList(deps.loadDecoders);
    this.live = new LiveSession({ id: '', site: '', time: 0 }, this.limits);
    this.liveLog = this.open(this.live);
    this.locks = new SessionLocks(deps.locks);
    this.#others = new OtherStores(deps.createChannel?.() ?? null, () => void this.#listSessions());
    this.reader = deps.createReader === null ? null : new SegmentReader(deps.createReader);
    const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
    this.prober = deps.createProbe === null ? null : new ProberPool(deps.createProbe, cores - 1);
    this.database = this.#openDatabase(this.limits.openMs);
    this.ready = this.#start();
    this.tellCounts = throttle(
      () => TELL_MS,
      () => this.emit('counts', this.counts('live')),
    );
    this.tellConnections = throttle(
      () => TELL_MS,
      () => {
        const { connections } = this.live.log;
        if (connections.changed.size === 0) return;
        const changed = [...connections.changed].flatMap((id) => connections.get(id)?.connection ?? []);
        connections.changed.clear();
        this.emit('connections', { log: 'live', changed, cleared: false });
      },
    );
  }

  /** @throws {RemoteError} when the log is not open */
  log(id: LogId): OpenLog {
    if (id === 'live' || id === this.live.id) return this.liveLog;
    const opened = this.opened.get(id);
    if (opened === undefined) throw new RemoteError({ name: 'NotFoundError', message: 'The session is not open' });
    return opened;
  }

  /** @throws {RemoteError} when there is no such view */
  view(id: number): View {
    const view = this.views.get(id);
    if (view === undefined) throw new RemoteError({ name: 'NotFoundError', message: `There is no view ${id}` });
    return view;
  }

  counts(id: LogId): StoreEvents['counts'] {
    const { log } = this.log(id);
    return { log: id, frames: log.frames, connections: log.connections.size, bytes: log.bytes, dropped: log.dropped };
  }

  /** Makes a session's log readable, and watches it. */
  open({ log }: Pick<LiveSession, 'log'>): OpenLog {
    const open = openLog(
      log,
      this.decoders.load,
      (url) => chosenFor(this.preferred, withoutQuery(url)),
      (url) => this.pairFields.get(withoutQuery(url)),
    );
    attachInsight(this, open);
    log.stacks.onFull = () => this.emit('notice', { message: STACKS_FULL, level: 'warning' });
    open.rows.onLate = () => this.emit('rowsChanged', null);
    log.onLate = (frame) => {
      open.rows.forget(frame);
      open.insight.wake();
      for (const view of this.viewsOf(log)) void view.retest(frame);
    };
    return open;
  }

  viewsOf(log: OpenLog['log']): View[] {
    return [...this.views.values()].filter((view) => view.content.log === log);
  }

  /** Lets go of an earlier session, and of the views of it. */
  close(id: string): void {
    const open = this.opened.get(id);
    if (open === undefined || this.inMemory.has(id)) return;
    for (const view of this.viewsOf(open.log)) {
      view.close();
      this.views.delete(view.id);
    }
    this.opened.delete(id);
    this.locks.hide(id);
  }

  /** A session for which there is no disk stays as long as this store. */
  keepInMemory(session: LiveSession): void {
    this.inMemory.set(session.id, session);
    this.opened.set(session.id, this.open(session));
  }

  /** Nothing can be written any more: recording goes on in memory. */
  lost(reason: string): void {
    if (this.problem !== null) return;
    this.problem = reason;
    void this.live.stopWriting();
    if (this.persist) this.emit('notice', { message: `Recording goes on in memory only. ${reason}`, level: 'warning' });
    void this.tellStorage();
  }

  #openDatabase(patience: number | null): Promise<Database | null> {
    return openInTime((onLost) => this.deps.openDatabase(onLost), patience, {
      onNone: (reason) => this.lost(reason),
      onLost: (reason) => void this.#reconnect(reason),
      onLate: (database) => void this.#takeUp(database),
    });
  }

  /** The database opened when nobody waited for it any more: what memory has goes to disk, and earlier sessions are there. */
  async #takeUp(database: Database): Promise<void> {
    this.database = Promise.resolve(database);
    const known = await database.getKey('sessions', this.live.id).catch(() => undefined);
    if (known === undefined) {
      this.problem = null;
      if (this.persist && this.live.id !== '') this.#goOn(database);
    }
    await this.#start();
    await this.tellStorage();
  }

  #goOn(database: Database): void {
    this.live.write(database, (error) => this.lost(`Writing to disk failed (${inWords(error)})`));
    this.emit('notice', { message: 'Recording goes to disk again', level: 'info' });
  }

  /** The database went away. What lies in it may still be there: then recording to disk goes on. */
  async #reconnect(reason: string): Promise<void> {
    const { live } = this;
    this.lost(reason);
    // Recording goes on meanwhile. Giving up would give up all payloads that only the disk has.
    this.database = this.#openDatabase(null);
    const database = await this.database;
    const known = await database?.getKey('sessions', live.id).catch(() => undefined);
    const there = known !== undefined || live.empty;
    if (database !== null && there && this.persist && this.live === live) {
      this.problem = null;
      this.#goOn(database);
    } else this.#loseDisk(live);
    await this.tellStorage();
  }

  #loseDisk({ log }: LiveSession): void {
    const dropped = loseDisk(log);
    if (dropped.length === 0) return;
    this.emit('notice', { message: 'Payloads that were on disk are gone; their rows stay', level: 'warning' });
    this.liveLog.rows.forget();
    for (const view of this.viewsOf(log)) void view.retestAll(dropped);
    this.tellCounts();
  }

  async #start(): Promise<void> {
    const database = await this.database;
    if (database === null) return;
    try {
      const [budget, decoders, pairFields, schemas, users] = await Promise.all([
        database.get('settings', 'budget'),
        database.get('settings', 'decoders'),
        database.get('settings', 'pairFields'),
        database.get('settings', 'schemas'),
        database.get('settings', 'userDecoders'),
      ]);
      this.budget = parseBudget(budget) ?? this.budget;
      this.savedChoices = parseChoices(decoders);
      for (const [pattern, id] of this.savedChoices) this.preferred.set(pattern, id);
      for (const [url, path] of Object.entries(isRecord(pairFields) ? pairFields : {})) {
        if (typeof path === 'string') this.pairFields.set(url, path);
      }
      await this.userDecoders.restore(users);
      await this.#restoreSchemas(schemas);
      await recover(this, database);
      await keepBudget(this);
      await this.tellSessions();
    } catch (error) {
      this.emit('notice', { message: `Earlier sessions could not be looked at (${inWords(error)})`, level: 'warning' });
    }
  }

  /** Messages may have been looked at before the user's choices were known. */
  async #restoreSchemas(kept: unknown): Promise<void> {
    try {
      await this.schemas.restore(kept);
    } catch (error) {
      this.emit('notice', { message: `Loaded schemas cannot be used (${inWords(error)})`, level: 'warning' });
    }
    if (this.preferred.size === 0) return;
    this.liveLog.content.forget();
    this.liveLog.rows.forget();
    this.liveLog.insight.restart();
  }

  /** The list of sessions changed: our panel is told, and the stores of other DevTools. */
  async tellSessions(): Promise<void> {
    await this.#listSessions();
    this.#others.tell();
  }

  async #listSessions(): Promise<void> {
    this.emit('sessions', await listSessions(this));
  }

  async tellStorage(): Promise<void> {
    this.emit('storage', await this.storage());
  }

  async storage(): Promise<StoreEvents['storage']> {
    await this.database;
    const estimate = await globalThis.navigator?.storage?.estimate?.().catch(() => undefined);
    return {
      where: this.live.onDisk ? 'disk' : 'memory',
      problem: this.persist ? this.problem : null,
      usedBytes: estimate?.usage ?? 0,
      quotaBytes: estimate?.quota ?? 0,
    };
  }
}

/** @returns what a URL is remembered by */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
