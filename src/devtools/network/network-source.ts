import { type Client, isRecord } from '../../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../../core/messages/store';
import type { Connection } from '../../core/model/connection';
import { isOffOn } from '../../core/sites/siteHost';
import { failureOf, statusIn } from './failure-words';
import { LogCost } from './log-cost';
import { matchEntries } from './match-entries';
import type { NetworkLog } from './network-log';
import { NetworkSockets, type Pause } from './network-sockets';
import { readSocketEntry, type SocketEntry, siteOf } from './socket-entry';
import { WorkerScripts } from './worker-scripts';

/** The log is read so often, in ms, if that is cheap. Less than a second, to which browsers round timers that are not seen. */
const STEP_MS = 900;
/** Reading may take one part in so many of all time. */
const SHARE = 20;
/** What one reading may take at most, in ms, by what it is for: it stops the panel for a part of that time. */
const MOST_MS = { workers: 250, handshakes: 50, nothing: 40, asked: 1000 };
/** A closing socket is told whole, with its messages: not listened to while one of the page's weighs more than this. */
const HEAVY = 20_000;
/** So many bytes cost as much to read as one message of 200 bytes. */
const BYTES_AS_ONE = 1024;
/** How long a page may take to announce a socket of which the log does not tell whose it is, in ms; then it is asked. */
const PATIENCE_MS = 1500;
/** How long after its first script a page may say that it is there, in ms. */
const LATE_MS = 1000;
/** How long a connection's handshake is looked for unasked, in ms. */
const YOUNG_MS = 10_000;
/** Entries that wait for their connection, at most. */
const MOST_WAITING = 1000;

interface Parts {
  store: Client<StoreCalls, StoreEvents>;
  log: NetworkLog;
  /** ms since the epoch. */
  now(): number;
  later(run: () => void, ms: number): void;
}

interface Waiting {
  entry: SocketEntry;
  /** Whether its story is over. */
  over: boolean;
}

/**
 * What the network log of DevTools knows and the page script does not: handshakes, why one was refused, and the sockets
 * of workers. docs/coverage.md says what is seen where, and what reading the log costs.
 */
export class NetworkSource {
  /** The log has become too long to be read while worker sockets are open: they are told when they close. */
  behind = false;
  /** Told when `behind` changed. */
  onChange: () => void = () => undefined;
  /** Resolves when all that the pages have done by now was stored. */
  pagesTold: () => Promise<void> = () => Promise.resolve();
  private readonly scripts = new WorkerScripts();
  private readonly sockets: NetworkSockets;
  private readonly cost = new LogCost();
  /** Connections of the page that are live. */
  private readonly connections = new Map<number, Connection>();
  /** Entries of the page whose connection is not yet known. */
  private waiting: Waiting[] = [];
  /** Ids of entries that were given to a connection, and which it is. */
  private readonly given = new Map<string, number>();
  /** Ids of entries for which the pages are to be asked. */
  private readonly unasked = new Set<string>();
  /** Ids of entries for which the pages were asked, and which none announced. */
  private readonly unclaimed = new Set<string>();
  private recording = true;
  private disabledSites: readonly string[] = [];
  /** When nothing was recorded, oldest first: a socket may tell of it much later. */
  private pauses: Pause[] = [];
  /** Sockets from before this time belong to what was cleared, ms since the epoch. */
  private since = 0;
  private lastRead = 0;
  private reading = false;
  private unsubscribe: (() => void) | null = null;

  constructor(private readonly parts: Parts) {
    this.sockets = new NetworkSockets(parts.store, this.scripts);
  }

  start(): void {
    this.parts.store.on('connections', ({ log, changed, cleared }) => {
      if (log === 'live') this.learn(changed, cleared);
    });
    this.listen();
    this.step();
  }

  /** Records or not, from now on. What passes meanwhile is counted. */
  setRecording(recording: boolean): void {
    if (recording === this.recording) return;
    this.recording = recording;
    const time = this.parts.now();
    const pause = recording ? this.pauses.at(-1) : undefined;
    if (pause) pause.to = time;
    else this.pauses.push({ from: time, to: Infinity });
  }

  /** From now on nothing is recorded of the sockets of these hosts, which are not patched and so look like workers'. */
  setDisabledSites(sites: readonly string[]): void {
    this.disabledSites = sites;
  }

  /** The tab shows another page. @param cleared whether what was recorded was cleared */
  navigated(cleared: boolean): void {
    const time = this.parts.now();
    this.sockets.endAll(time);
    this.cost.reset();
    if (!cleared) return;
    this.since = time - LATE_MS;
    this.pauses = this.pauses.filter(({ to }) => to > this.since);
    this.waiting = [];
  }

  /** The user looks at a connection's handshake. */
  async lookUp(connection: number): Promise<void> {
    const known = this.connections.get(connection);
    if (known && known.handshake === null && this.cost.ofMessages <= MOST_MS.asked) await this.read();
  }

  private learn(changed: readonly Connection[], cleared: boolean): void {
    if (cleared) this.connections.clear();
    for (const connection of changed) {
      if (connection.source !== 'page') continue;
      const before = this.connections.get(connection.id);
      this.cost.grew(Math.max(0, weightOf(connection) - (before ? weightOf(before) : 0)));
      this.connections.set(connection.id, connection);
      // The store may not have got yet what was found.
      connection.handshake ??= before?.handshake ?? null;
      // Firefox tells of the handshake before the page finds the answer unacceptable.
      if (!isAlive(connection)) void this.failed(connection);
    }
    this.listen();
    this.settle();
  }

  /** A socket that closes comes with all its messages. That is not worth it while one of the page's has very many. */
  private listen(): void {
    const heavy =
      this.sockets.open === 0 &&
      [...this.connections.values()].some((one) => one.state === 'open' && weightOf(one) > HEAVY);
    if (heavy && this.parts.log.read !== null) {
      this.unsubscribe?.();
      this.unsubscribe = null;
    } else {
      this.unsubscribe ??= this.parts.log.onFinished((entry) => this.finished(entry));
    }
  }

  private finished(value: unknown): void {
    this.scripts.look(value);
    const entry = readSocketEntry(value);
    // Firefox tells of a socket once, when its handshake is over.
    if (entry) this.take(entry, this.parts.log.read !== null || entry.handshake.status !== 101);
    this.settle();
  }

  private take(entry: SocketEntry, over: boolean): void {
    const taker = this.given.get(entry.id);
    if (taker !== undefined) {
      if (over && entry.error !== null) void this.failedLater(entry, taker);
      return;
    }
    if (entry.startedAt !== null && entry.startedAt < this.since) return;
    const { log, now } = this.parts;
    const untold = this.isUntold(entry);
    const ours = untold ? !this.sockets.has(entry.id) : entry.calls.some(({ url }) => url.startsWith(log.ownScripts));
    if (!ours) {
      if (this.isOff(entry)) return;
      if (this.recording || this.sockets.has(entry.id)) void this.sockets.take(entry, over ? now() : null, this.pauses);
      return;
    }
    const known = this.waiting.some((one) => one.entry.id === entry.id);
    this.waiting = this.waiting.filter((one) => one.entry.id !== entry.id).slice(-MOST_WAITING);
    this.waiting.push({ entry, over });
    if (untold && !known) this.parts.later(() => void this.claim(entry.id), PATIENCE_MS);
  }

  /** Asks the pages for a socket: in a flood, or on a busy machine, they are late, and it would be listed twice. */
  private async claim(id: string): Promise<void> {
    this.unasked.add(id);
    if (this.unasked.size > 1) return;
    while (this.waiting.some(({ entry }) => this.unasked.has(entry.id))) {
      const asked = [...this.unasked];
      await this.pagesTold();
      const connections = await this.parts.store.call('connections', { log: 'live' });
      for (const one of asked) {
        this.unasked.delete(one);
        this.unclaimed.add(one);
      }
      this.learn(connections, false);
      this.unclaimed.clear();
    }
    this.unasked.clear();
  }

  private isOff(entry: SocketEntry): boolean {
    return isOffOn(siteOf(entry), this.disabledSites);
  }

  /** Chromium tells no stack in which there is a script of another extension, and Firefox none at all. */
  private isUntold({ calls }: SocketEntry): boolean {
    return this.parts.log.read === null || calls.length === 0;
  }

  /** Gives entries to the connections they belong to. */
  private settle(): void {
    if (this.waiting.length === 0) return;
    const lacking = [...this.connections.values()].filter(({ handshake }) => handshake === null);
    const found = matchEntries(
      this.waiting.map(({ entry }) => entry),
      lacking,
    );
    for (const [entry, connection] of found) void this.give(entry, connection);
    const { now } = this.parts;
    this.waiting = this.waiting.filter(({ entry, over }) => {
      if (found.has(entry)) return false;
      if (!this.unclaimed.has(entry.id)) return true;
      // It is a worker's.
      if (this.recording && !this.isOff(entry)) void this.sockets.take(entry, over ? now() : null, this.pauses);
      return false;
    });
  }

  private async give(entry: SocketEntry, connection: Connection): Promise<void> {
    this.given.set(entry.id, connection.id);
    const { handshake, error, startedAt } = entry;
    const timings = { ...handshake.timings };
    if (startedAt !== null && connection.openedAt !== null && timings.wait < 0) {
      timings.wait = Math.max(0, connection.openedAt - startedAt);
    }
    // Chromium does not tell queueing from connecting: all of it is before the handshake is sent. Firefox does not always
    // tell of queueing, and has the request begin before it connects.
    const before = timings.connect < 0 ? 'connect' : 'blocked';
    if (startedAt !== null && timings[before] < 0) timings[before] = Math.max(0, startedAt - connection.createdAt);
    const status = handshake.status || statusIn(error ?? '') || 0;
    const told = { ...handshake, status, timings };
    connection.handshake = told;
    const failure = await failureOf(told, error, isAlive(connection));
    await this.parts.store.call('handshake', { connection: connection.id, handshake: told, failure });
  }

  private async failed({ id, handshake, failure }: Connection): Promise<void> {
    if (handshake === null || failure !== null) return;
    const words = await failureOf(handshake, null, false);
    await this.parts.store.call('handshake', { connection: id, handshake, failure: words });
  }

  /** A connection that was open broke: the browser says why. */
  private async failedLater(entry: SocketEntry, id: number): Promise<void> {
    const connection = this.connections.get(id);
    if (!connection?.handshake || connection.failure !== null) return;
    const failure = await failureOf(connection.handshake, entry.error, true);
    await this.parts.store.call('handshake', { connection: id, handshake: connection.handshake, failure });
  }

  private step(): void {
    this.parts.later(() => {
      void this.look().then(() => this.step());
    }, STEP_MS);
  }

  /** Reads the log if that is worth its cost. */
  private async look(): Promise<void> {
    const { log, now } = this.parts;
    if (log.read === null || !this.recording) return;
    const { predicted, ofMessages } = this.cost;
    const purpose = this.sockets.open > 0 ? 'workers' : this.lacksHandshakes() ? 'handshakes' : 'nothing';
    const behind = purpose === 'workers' && ofMessages > MOST_MS.workers;
    if (behind !== this.behind) {
      this.behind = behind;
      this.onChange();
    }
    if (ofMessages <= MOST_MS[purpose] && now() - this.lastRead >= predicted * SHARE) await this.read();
  }

  private lacksHandshakes(): boolean {
    // One that the log does not have by then it will never have.
    const young = this.parts.now() - YOUNG_MS;
    for (const { handshake, state, openedAt } of this.connections.values()) {
      if (handshake === null && openedAt !== null && openedAt > young && state === 'open') return true;
    }
    return false;
  }

  private async read(): Promise<void> {
    const { log, now } = this.parts;
    if (log.read === null || this.reading) return;
    this.reading = true;
    try {
      const began = now();
      const ended = this.sockets.ended;
      const given = [...this.given.keys()];
      const entries = await log.read();
      const time = now();
      this.lastRead = time;
      for (const entry of entries) this.scripts.look(entry);
      const ids = new Set<string>();
      let weight = 0;
      for (const value of entries) {
        const entry = readSocketEntry(value);
        if (!entry) continue;
        weight += weightInLog(entry.messages);
        ids.add(entry.id);
        // One that is still connecting has nothing to tell.
        if (entry.handshake.status === 101 || entry.error !== null) this.take(entry, entry.error !== null);
      }
      this.cost.measured(time - began, weight);
      await this.sockets.keepOnly(ids, ended, time);
      for (const id of given) if (!ids.has(id)) this.given.delete(id);
      this.listen();
      this.settle();
    } finally {
      this.reading = false;
    }
  }
}

/** Whether a connection is open, or was, or was not yet told to have failed. */
function isAlive({ openedAt, close }: Connection): boolean {
  return openedAt !== null || close === null;
}

/** What the messages of a connection weigh in the log: a large one as much as many that are small. */
function weightOf({ sentFrames, receivedFrames, sentBytes, receivedBytes }: Connection): number {
  return sentFrames + receivedFrames + (sentBytes + receivedBytes) / BYTES_AS_ONE;
}

/** The same of messages as the log has them. */
function weightInLog(messages: readonly unknown[]): number {
  let characters = 0;
  for (const message of messages)
    if (isRecord(message) && typeof message.data === 'string') characters += message.data.length;
  return messages.length + characters / BYTES_AS_ONE;
}
