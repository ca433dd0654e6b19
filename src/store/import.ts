import type { FileFormat, SessionSink } from '../core/format/types';
import { RemoteError } from '../core/messages/rpc';
import type { Connection, DocumentInfo } from '../core/model/connection';
import type { Frame } from '../core/model/frame';
import type { SessionInfo } from '../core/model/session';
import { inWords } from './in-words';
import type { Job } from './jobs';
import { withCache } from './limits';
import { LiveSession } from './live-session';
import { removeSession } from './sessions';
import { STACKS_FULL } from './stacks';
import type { Store } from './store';
import { nextTurn, SLICE_MS } from './turns';

/** Bytes of a file that are looked at to tell its format. */
export const HEAD_BYTES = 4096;
/** Nobody looks at what was written until the whole file was read. */
const CACHE_BYTES = 1 << 20;
/** A file waits: less of it needs to be in memory than of what a page says. */
const WAITING_BYTES = 4 << 20;

/**
 * Reads a file into a session of its own, which nobody sees before it is whole.
 * @param name of the file
 * @throws {FormatError}, `NotReadableError` or `AbortError`; nothing is left behind then
 */
export async function importFile(store: Store, format: FileFormat, file: Blob, name: string, job: Job) {
  // Who wants nothing on disk wants no copy of a file there either.
  const database = store.persist ? await store.database : null;
  const sink = new ImportSink(store, name);
  const session = sink.target;
  store.locks.hold(session.id);
  let failure: unknown = null;
  if (database !== null) {
    session.write(database, (error) => {
      failure = error;
    });
  }
  try {
    await format.read(chunksOf(file, job), sink);
    job.signal.throwIfAborted();
    sink.finish();
    await session.flush();
    if (failure !== null) throw failure;
    if (database === null) store.keepInMemory(session);
    await session.stopWriting();
    const record = session.record();
    if (database !== null) session.log.columns.release();
    return record;
  } catch (error) {
    await session.stopWriting();
    session.log.columns.release();
    if (database !== null) await removeSession(database, session.id);
    throw error;
  } finally {
    store.locks.release(session.id);
  }
}

async function* chunksOf(file: Blob, job: Job): AsyncGenerator<Uint8Array, void> {
  const reader = file.stream().getReader();
  let done = 0;
  try {
    for (;;) {
      const { value, done: end } = await reader.read().catch(unreadable);
      if (end) return;
      job.signal.throwIfAborted();
      yield value;
      done += value.length;
      job.progress(done, file.size);
    }
  } finally {
    await reader.cancel();
  }
}

/** The browser says no more than "network error" of a file that is gone or was changed since it was chosen. */
function unreadable(error: unknown): never {
  const message = 'The file could not be read: it may have been changed, moved or deleted since it was chosen';
  throw new RemoteError({ name: 'NotReadableError', message: `${message} (${inWords(error)})` });
}

/** Puts what a reader finds into a session. */
class ImportSink implements SessionSink {
  readonly target: LiveSession;
  readonly #connections: Connection[] = [];
  #sliceEnd = performance.now() + SLICE_MS;
  #site = '';
  #frames = 0;

  constructor(store: Store, name: string) {
    const limits = { ...withCache(store.limits, CACHE_BYTES), waitingBytes: WAITING_BYTES };
    this.target = new LiveSession({ id: crypto.randomUUID(), site: '', time: 0, name }, limits, store.reader);
    this.target.state = 'importing';
    this.target.importedFrom = name;
    this.target.log.unordered = true;
    this.target.log.stacks.onFull = () => store.emit('notice', { message: STACKS_FULL, level: 'warning' });
    this.target.start.time = this.target.keptSince = store.deps.now();
  }

  session(info: Partial<SessionInfo>): void {
    const session = this.target;
    if (info.name) session.name = info.name;
    if (info.site) session.start.site = info.site;
    if (info.startedAt) session.start.time = info.startedAt;
    if (info.endedAt) session.endedAt = info.endedAt;
  }

  document(info: DocumentInfo): void {
    this.target.log.documents.push(info);
  }

  connection(connection: Connection): void {
    this.#connections.push(connection);
    this.#site ||= hostOf(connection.url);
    const counts = { sentFrames: 0, receivedFrames: 0, sentBytes: 0, receivedBytes: 0 };
    this.target.log.connections.add({ ...connection, ...counts });
  }

  frame(frame: Frame): void | Promise<void> {
    const row = this.target.log.appendFrame(frame);
    if (frame.mark !== undefined) this.target.mark(row);
    if (this.target.behind) return this.target.flush();
    if (++this.#frames % 64 !== 0) return;
    if (performance.now() >= this.#sliceEnd) return this.#rest();
  }

  /** Everything was read: connections are as the file says, with what was counted where it says less. */
  finish(): void {
    const session = this.target;
    const { connections } = session.log;
    for (const told of this.#connections) {
      const entry = connections.get(told.id);
      if (entry === undefined) continue;
      const counted = entry.connection;
      Object.assign(counted, told, {
        sentFrames: Math.max(told.sentFrames, counted.sentFrames),
        receivedFrames: Math.max(told.receivedFrames, counted.receivedFrames),
        sentBytes: Math.max(told.sentBytes, counted.sentBytes),
        receivedBytes: Math.max(told.receivedBytes, counted.receivedBytes),
        openedAt: told.openedAt ?? counted.openedAt,
        closedAt: told.closedAt ?? counted.closedAt,
        close: told.close ?? counted.close,
        state: 'closed',
      });
      connections.touch(told.id);
    }
    session.start.site ||= this.#site;
    session.state = 'ended';
    session.changed();
  }

  async #rest(): Promise<void> {
    this.target.changed();
    await nextTurn();
    this.#sliceEnd = performance.now() + SLICE_MS;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
