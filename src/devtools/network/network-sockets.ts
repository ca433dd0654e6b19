import type { BatchBuilder } from '../../core/batch/builder';
import type { Client } from '../../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../../core/messages/store';
import { KIND } from '../../core/model/frame';
import { failureOf, statusIn } from './failure-words';
import { headerOf, type SocketEntry, stackText } from './socket-entry';
import { addMessage, messageTime, networkBatchBuilder } from './socket-messages';
import type { WorkerScripts } from './worker-scripts';

/** A batch is sent when it has so many bytes. */
const BATCH_BYTES = 4 << 20;
/** Each socket is a document of its own to the store, with one connection. */
const ONLY = 1;

interface Socket {
  key: string;
  entry: SocketEntry;
  builder: BatchBuilder;
  sequence: number;
  /** Messages taken of those the log has. */
  taken: number;
  /** Whether the store was told of its handshake. */
  told: boolean;
}

/** When nothing was to be recorded, ms since the epoch. */
export interface Pause {
  from: number;
  to: number;
}

/** Sockets that only the network log knows, most of them of workers: read only, and told to the store as they grow. */
export class NetworkSockets {
  private readonly sockets = new Map<string, Socket>();
  /** Ids of those whose story is over: the log goes on telling it. */
  private readonly over = new Set<string>();
  private lastKey = 0;

  constructor(
    private readonly store: Client<StoreCalls, StoreEvents>,
    private readonly scripts: WorkerScripts,
  ) {}

  /** Number of those that may still say something. */
  get open(): number {
    return this.sockets.size;
  }

  has(id: string): boolean {
    return this.sockets.has(id) || this.over.has(id);
  }

  /**
   * Takes what an entry tells beyond what was taken of it before.
   * @param finished when its story ended, ms since the epoch; `null` while it goes on
   * @param pauses messages of these times are counted and not recorded
   */
  async take(entry: SocketEntry, finished: number | null, pauses: readonly Pause[]): Promise<void> {
    if (this.over.has(entry.id)) return;
    const socket = this.sockets.get(entry.id) ?? this.begin(entry);
    socket.entry = entry;
    this.addMessages(socket, entry, pauses);
    if (finished !== null) this.forget(entry.id);
    await this.send(socket);
    if (!socket.told || finished !== null) await this.tellHandshake(socket, entry);
    if (finished !== null) await this.store.call('documentGone', { key: socket.key, time: finished });
  }

  /** Those that ended, for a reading of the log that begins now: one that ends meanwhile may be missing in it. */
  get ended(): string[] {
    return [...this.over];
  }

  /**
   * The log was read: those that it has no more are gone, with their worker.
   * @param ended before the reading began
   */
  async keepOnly(ids: ReadonlySet<string>, ended: readonly string[], time: number): Promise<void> {
    for (const [id, { key }] of this.sockets) {
      if (ids.has(id)) continue;
      this.forget(id);
      await this.store.call('documentGone', { key, time });
    }
    for (const id of ended) if (!ids.has(id)) this.over.delete(id);
  }

  /** A navigation ended them all. */
  endAll(time: number): void {
    for (const [id, { key }] of this.sockets) {
      this.forget(id);
      void this.store.call('documentGone', { key, time });
    }
  }

  private forget(id: string): void {
    this.sockets.delete(id);
    this.over.add(id);
  }

  private begin(entry: SocketEntry): Socket {
    const { calls, handshake, url } = entry;
    const key = `network:${++this.lastKey}`;
    const socket: Socket = { key, entry, builder: networkBatchBuilder(), sequence: 0, taken: 0, told: false };
    this.sockets.set(entry.id, socket);
    const place = this.scripts.place(calls);
    const document = { ...place, frameId: -1, ancestors: [] };
    void this.store.call('document', { key, document, source: 'network' });
    const opened = handshake.status === 101 && entry.startedAt !== null;
    const createdAt = entry.startedAt ?? messageTime(entry.messages[0]) ?? 0;
    const protocol = headerOf(handshake.responseHeaders, 'sec-websocket-protocol');
    const extensions = headerOf(handshake.responseHeaders, 'sec-websocket-extensions');
    socket.builder.addNote({
      type: 'connection',
      id: ONLY,
      url,
      protocols: [],
      protocol,
      extensions,
      readyState: opened ? 1 : 0,
      createdAt,
      byUser: false,
      stack: calls.length > 0 ? stackText(calls) : null,
      before: null,
    });
    if (opened) {
      // While there are messages the log does not tell when the answer came: not after the first of them.
      const openedAt = Math.min(
        createdAt + Math.max(0, handshake.timings.wait),
        messageTime(entry.messages[0]) ?? Infinity,
      );
      socket.builder.addText(openedAt, ONLY, KIND.open, 0, JSON.stringify({ protocol, extensions }));
    }
    return socket;
  }

  private addMessages(socket: Socket, { messages }: SocketEntry, pauses: readonly Pause[]): void {
    const { builder } = socket;
    const gap = { frames: 0, bytes: 0, why: '' };
    let gapAt = 0;
    const endGap = () => {
      if (gap.frames > 0) builder.addText(gapAt, ONLY, KIND.gap, 0, JSON.stringify(gap));
      gap.frames = 0;
    };
    const skip = (why: string, time: number | null) => {
      if (why !== gap.why) endGap();
      gap.why = why;
      gap.frames++;
      gapAt = time ?? gapAt;
    };
    for (; socket.taken < messages.length; socket.taken++) {
      const message = messages[socket.taken];
      const time = messageTime(message);
      if (time !== null && pauses.some(({ from, to }) => time >= from && time < to)) {
        skip('stopped', time);
      } else {
        endGap();
        if (!addMessage(builder, ONLY, message)) skip('pressure', time);
      }
      if (builder.size() > BATCH_BYTES) void this.send(socket);
    }
    endGap();
  }

  private async send(socket: Socket): Promise<void> {
    if (socket.builder.size() === 0) return;
    const buffer = socket.builder.take(++socket.sequence);
    await this.store.call('batch', { key: socket.key, buffer }, [buffer]);
  }

  private async tellHandshake(socket: Socket, entry: SocketEntry): Promise<void> {
    socket.told = true;
    const connection = await this.store.call('connectionAt', { key: socket.key, id: ONLY });
    if (connection === null) return;
    const { handshake, error } = entry;
    const failure = await failureOf(handshake, error, handshake.status === 101);
    const status = handshake.status || statusIn(error ?? '') || 0;
    await this.store.call('handshake', { connection, handshake: { ...handshake, status }, failure });
  }
}
