/** Directions are the page's: `sent` left the page, `received` reached it. */
export type Direction = 'sent' | 'received';

/** One message as it crossed the wire, bytes exact (text as UTF-8). */
export interface LoggedMessage {
  direction: Direction;
  binary: boolean;
  data: Uint8Array;
  /** When the server sent or received it, ms since the epoch with fractions. */
  time: number;
}

/** How a connection ended, as the server saw it (`code` 1006 where no close frame came). */
export interface LoggedClose {
  code: number;
  reason: string;
  time: number;
}

export interface Tally {
  messages: number;
  bytes: number;
}

/** The server's own record of one connection. */
export interface LoggedConnection {
  /** 1 for the first connection since the server started. */
  id: number;
  /** Path and query as requested. */
  url: string;
  path: string;
  protocol: string;
  /** Negotiated extensions as the handshake named them, or empty. */
  extensions: string;
  /** The handshake's request headers, lower-case names. */
  headers: Record<string, string>;
  opened: number;
  /** Messages kept, in the order in which the server sent or received them. */
  messages: LoggedMessage[];
  /** Everything that crossed, kept or not. */
  tally: Record<Direction, Tally>;
  /** Messages counted in `tally` but not kept in `messages`. */
  dropped: number;
  closed: LoggedClose | undefined;
}

export interface LogLimits {
  /** Payload bytes kept over all connections; what does not fit is counted only. Default 64 MiB. */
  maxBytes?: number;
  /** Messages kept over all connections. Default 500,000. */
  maxMessages?: number;
  /** Connections listed; the oldest closed ones go first. Default 20,000. */
  maxConnections?: number;
}

const now = (): number => performance.timeOrigin + performance.now();

/** What the server sent and received, connection by connection, within bounds; what does not fit is counted. */
export class TrafficLog {
  readonly #maxBytes: number;
  readonly #maxMessages: number;
  readonly #maxConnections: number;
  readonly #connections: LoggedConnection[] = [];
  #bytes = 0;
  #messages = 0;
  #opened = 0;

  constructor(limits: LogLimits = {}) {
    this.#maxBytes = limits.maxBytes ?? 64 * 1024 * 1024;
    this.#maxMessages = limits.maxMessages ?? 500_000;
    this.#maxConnections = limits.maxConnections ?? 20_000;
  }

  /** Connections listed, oldest first. */
  get connections(): readonly LoggedConnection[] {
    return this.#connections;
  }

  /** Connections ever opened, listed or not. */
  get opened(): number {
    return this.#opened;
  }

  /** Connections whose path and query start with `prefix`, oldest first. */
  find(prefix: string): LoggedConnection[] {
    return this.#connections.filter((connection) => connection.url.startsWith(prefix));
  }

  /** The latest connection whose path and query start with `prefix`; throws where there is none. */
  last(prefix: string): LoggedConnection {
    const found = this.find(prefix).at(-1);
    if (!found) throw new Error(`No connection to ${prefix} was logged.`);
    return found;
  }

  /** Forgets all messages, and all connections that are closed. */
  clear(): void {
    const open = this.#connections.filter((connection) => !connection.closed);
    for (const connection of open) {
      connection.messages = [];
      connection.tally = { sent: { messages: 0, bytes: 0 }, received: { messages: 0, bytes: 0 } };
      connection.dropped = 0;
    }
    this.#connections.splice(0, this.#connections.length, ...open);
    this.#bytes = 0;
    this.#messages = 0;
  }

  /** Begins the record of a connection. */
  open(about: Pick<LoggedConnection, 'url' | 'path' | 'protocol' | 'extensions' | 'headers'>): LoggedConnection {
    this.#opened += 1;
    const connection: LoggedConnection = {
      ...about,
      id: this.#opened,
      opened: now(),
      messages: [],
      tally: { sent: { messages: 0, bytes: 0 }, received: { messages: 0, bytes: 0 } },
      dropped: 0,
      closed: undefined,
    };
    this.#connections.push(connection);
    if (this.#connections.length > this.#maxConnections) this.#forgetOne();
    return connection;
  }

  /** Adds a message; `keep` false counts it only. The bytes are copied. */
  add(connection: LoggedConnection, direction: Direction, binary: boolean, data: Uint8Array, keep: boolean): void {
    const tally = connection.tally[direction];
    tally.messages += 1;
    tally.bytes += data.byteLength;
    if (!keep || this.#bytes + data.byteLength > this.#maxBytes || this.#messages >= this.#maxMessages) {
      connection.dropped += 1;
      return;
    }
    this.#bytes += data.byteLength;
    this.#messages += 1;
    connection.messages.push({ direction, binary, data: Uint8Array.from(data), time: now() });
  }

  /** Ends the record of a connection. */
  close(connection: LoggedConnection, code: number, reason: string): void {
    connection.closed = { code, reason, time: now() };
  }

  #forgetOne(): void {
    const index = this.#connections.findIndex((connection) => connection.closed);
    const [gone] = index < 0 ? [] : this.#connections.splice(index, 1);
    if (!gone) return;
    this.#messages -= gone.messages.length;
    for (const message of gone.messages) this.#bytes -= message.data.byteLength;
  }
}
