import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { LoggedConnection, TrafficLog } from './log';

type Sendable = Parameters<WebSocket['send']>[0];
type SendOptions = { mask?: boolean; binary?: boolean; compress?: boolean; fin?: boolean };
type SendCallback = (error?: Error) => void;

/** A server-side socket that writes everything it sends and receives into a log. */
export class LoggedSocket extends WebSocket {
  /** Whether payloads are kept in the log; a flood only counts them. */
  keepPayloads = true;
  #log: TrafficLog | undefined;
  #record: LoggedConnection | undefined;
  #fragments: Uint8Array[] = [];

  /** Begins logging; called once, before anything is sent or received. */
  logTo(log: TrafficLog, request: IncomingMessage): void {
    const url = request.url ?? '/';
    const record = log.open({
      url,
      path: url.split('?')[0] ?? url,
      protocol: this.protocol,
      extensions: this.extensions,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    });
    this.#log = log;
    this.#record = record;
    this.on('message', (data, binary) => log.add(record, 'sent', binary, bytesOf(data), this.keepPayloads));
    this.on('close', (code, reason) => log.close(record, code, reason.toString()));
  }

  override send(data: Sendable, callback?: SendCallback): void;
  override send(data: Sendable, options: SendOptions, callback?: SendCallback): void;
  override send(data: Sendable, options?: SendOptions | SendCallback, callback?: SendCallback): void {
    const given = typeof options === 'object' ? options : {};
    if (this.readyState === WebSocket.OPEN) this.#logSent(data, given);
    super.send(data, given, typeof options === 'function' ? options : callback);
  }

  #logSent(data: Sendable, options: SendOptions): void {
    if (!this.#log || !this.#record) return;
    const bytes = sentBytes(data);
    if (options.fin === false) {
      this.#fragments.push(bytes);
      return;
    }
    const whole = this.#fragments.length > 0 ? Buffer.concat([...this.#fragments, bytes]) : bytes;
    this.#fragments = [];
    const binary = options.binary ?? typeof data !== 'string';
    this.#log.add(this.#record, 'received', binary, whole, this.keepPayloads);
  }
}

/** A class of WebSocket server whose every socket writes into `log`. Socket.IO takes it as its `wsEngine`. */
export function loggedServerClass(log: TrafficLog) {
  return class extends WebSocketServer<typeof LoggedSocket> {
    constructor(options: ConstructorParameters<typeof WebSocketServer<typeof LoggedSocket>>[0]) {
      super({ ...options, WebSocket: LoggedSocket });
    }

    override handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      callback: (client: LoggedSocket, request: IncomingMessage) => void,
    ): void {
      super.handleUpgrade(request, socket, head, (client) => {
        client.logTo(log, request);
        callback(client, request);
      });
    }
  };
}

/** The bytes of a message that `ws` received. */
export function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function sentBytes(data: Sendable): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new TypeError('The demo server sends strings and buffers only.');
}
