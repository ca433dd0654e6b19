import { type ClientOptions, type RawData, WebSocket } from 'ws';
import { bytesOf } from './logged-socket';

export interface Arrived {
  binary: boolean;
  data: Buffer;
}

/** A `ws` client whose messages and close are awaited, for the tests of the demo server. */
export class TestClient {
  readonly ws: WebSocket;
  /** Resolves with the close code and reason. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #queue: Arrived[] = [];
  #wake: (() => void) | undefined;

  constructor(url: string, protocols: string[] = [], options: ClientOptions = {}) {
    this.ws = new WebSocket(url, protocols, options);
    this.ws.on('message', (data: RawData, binary: boolean) => {
      this.#queue.push({ binary, data: Buffer.from(bytesOf(data)) });
      this.#wake?.();
    });
    this.ws.on('error', () => this.ws.terminate());
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Resolves when the connection is open; rejects where the handshake fails. */
  async open(): Promise<this> {
    if (this.ws.readyState === WebSocket.OPEN) return this;
    await new Promise<void>((resolve, reject) => {
      this.ws.once('open', resolve);
      this.ws.once('error', reject);
    });
    return this;
  }

  /** The next message, in order; waits for it. */
  async next(): Promise<Arrived> {
    while (this.#queue.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#queue.shift() ?? { binary: false, data: Buffer.alloc(0) };
  }

  async nextText(): Promise<string> {
    return (await this.next()).data.toString();
  }
}
