import type { FileFormat, SessionSource } from '../core/format/types';
import { RemoteError } from '../core/messages/rpc';
import type { ExportScope } from '../core/messages/store';
import type { Connection } from '../core/model/connection';
import { FLAG, FRAME_KINDS, type Frame } from '../core/model/frame';
import type { SessionInfo } from '../core/model/session';
import { FrameList } from './frame-list';
import type { Job } from './jobs';
import type { FrameLog } from './log';
import { PayloadWalk } from './payload-walk';
import type { Store } from './store';
import { nextTurn, SLICE_MS } from './turns';

/** Chunks are handed to the browser, out of our memory, when they are this many bytes together. */
const PIECE_BYTES = 2 << 20;
/** Frames between two looks at the clock. */
const STRIDE = 32;

/** What is exported: a log, and the frames of it that were chosen; `null` for all. */
export interface Selection {
  log: FrameLog;
  frames: Uint32Array | null;
}

/**
 * @returns what a scope means now; frames that come later are not in it. A filter's frames are all found first
 * @throws {RemoteError} when the filter was changed meanwhile, or was stopped; {DOMException} `AbortError` when the job was cancelled
 */
export async function select(store: Store, scope: ExportScope, { signal }: Job): Promise<Selection> {
  if (scope.view === null) {
    const { log } = store.log(scope.log);
    return { log, frames: scope.frames === null ? null : Uint32Array.from(scope.frames).sort() };
  }
  const view = store.view(scope.view);
  const { total } = view.state();
  const cancelled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  await Promise.race([view.settled(), cancelled]);
  const { scanned, stopped } = view.state();
  if (scanned < total) {
    const message =
      stopped === null
        ? 'The filter was changed before all its frames were found: nothing was written'
        : `The filter has not found all its frames. ${stopped}: nothing was written`;
    throw new RemoteError({ name: 'InvalidStateError', message });
  }
  // In the order of the log, however the view is sorted.
  return { log: view.content.log, frames: Uint32Array.from(view.frames(0, view.rows)).sort() };
}

/**
 * Writes a file.
 * @returns it, in pieces that the browser keeps where it likes, and the number of frames in it
 * @throws {DOMException} `AbortError` when the job was cancelled; {RemoteError} when the session was deleted meanwhile
 */
export async function exportFile(
  format: FileFormat,
  selection: Selection,
  session: SessionInfo,
  version: string,
  job: Job,
): Promise<{ file: Blob; frames: number }> {
  const source = new LogSource(selection, session, version, job);
  const pieces: Blob[] = [];
  const staged = new Uint8Array(PIECE_BYTES);
  let bytes = 0;
  const flush = async () => {
    const piece = new Blob([staged.subarray(0, bytes)]);
    bytes = 0;
    pieces.push(piece);
    // Until the browser has taken it, its bytes lie in our memory: to be able to read one, it must have.
    await piece.slice(0, 1).arrayBuffer();
  };
  job.progress(0, source.total);
  for await (const chunk of format.write(source)) {
    job.signal.throwIfAborted();
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + PIECE_BYTES - bytes);
      staged.set(part, bytes);
      bytes += part.length;
      from += part.length;
      if (bytes === PIECE_BYTES) await flush();
    }
  }
  await flush();
  return { file: new Blob(pieces, { type: format.mime }), frames: source.total };
}

/** A log as file formats read it. Stays as it was when the export began, while the log may grow. */
class LogSource implements SessionSource {
  readonly connections: Connection[];
  readonly documents;
  readonly total: number;
  readonly #byConnection: Map<number, FrameList>;
  #done = 0;

  constructor(
    readonly selection: Selection,
    readonly session: SessionInfo,
    readonly version: string,
    readonly job: Job,
  ) {
    const { log, frames } = selection;
    this.total = frames?.length ?? log.frames;
    this.#byConnection = this.#split();
    const all = log.connections.list();
    this.connections = frames === null ? all : all.filter(({ id }) => this.#byConnection.has(id));
    this.documents = log.documents.slice();
  }

  async *frames(connection?: number): AsyncGenerator<Frame, void> {
    const list = connection === undefined ? this.selection.frames : (this.#byConnection.get(connection)?.slice() ?? []);
    const count = list === null ? this.total : list.length;
    const { log } = this.selection;
    const payloads = new PayloadWalk(log);
    let sliceEnd = performance.now() + SLICE_MS;
    for (let i = 0; i < count; i++) {
      const frame = list === null ? i : list[i];
      const now = payloads.now(frame);
      const payload = now === undefined ? await payloads.load(frame) : now;
      if (payload === null && log.gone) {
        const message = 'The log was cleared while it was written: the file would not have been complete';
        throw new RemoteError({ name: 'InvalidStateError', message });
      }
      yield this.#frame(frame, payload);
      this.#done++;
      if (i % STRIDE !== 0 || performance.now() < sliceEnd) continue;
      this.job.progress(this.#done, this.total);
      await nextTurn();
      this.job.signal.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
    this.job.progress(this.#done, this.total);
  }

  #frame(frame: number, payload: Uint8Array | null): Frame {
    const { columns, buffered, stacks, marks } = this.selection.log;
    const flags = columns.flags(frame);
    const told = buffered.get(frame);
    const stack = stacks.get(frame);
    const mark = marks.get(frame);
    return {
      time: columns.time(frame),
      connection: columns.connection(frame),
      kind: FRAME_KINDS[columns.kind(frame)],
      direction: (flags & FLAG.sent) !== 0 ? 'sent' : 'received',
      flags: payload === null ? flags | FLAG.dropped : flags,
      length: columns.length(frame),
      payload: payload ?? new Uint8Array(0),
      ...(told !== undefined && { buffered: told }),
      ...(stack !== undefined && { stack }),
      ...(mark !== undefined && { mark }),
    };
  }

  /** The frames of each connection, in one pass. */
  #split(): Map<number, FrameList> {
    const { log, frames } = this.selection;
    const lists = new Map<number, FrameList>();
    for (let i = 0; i < this.total; i++) {
      const frame = frames === null ? i : frames[i];
      const id = log.columns.connection(frame);
      let list = lists.get(id);
      if (list === undefined) {
        list = new FrameList();
        lists.set(id, list);
      }
      list.push(frame);
    }
    return lists;
  }
}

/** @returns a name for the file, such as `example.com 2026-11-21 14.05.har`; `time` is ms since the epoch */
export function fileName(session: SessionInfo, time: number, extension: string): string {
  const name = (session.name || session.site || 'framescope').replace(/[^\p{L}\p{N}._ -]+/gu, '_').slice(0, 80);
  const stamp = new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(':', '.');
  return `${name} ${stamp}.${extension}`;
}
