import WebSocket from 'ws';

export type Params = Record<string, unknown>;
type Listener = (params: Params) => void;

interface Waiting {
  method: string;
  resolve(result: Params): void;
  reject(error: Error): void;
}

interface Message {
  id?: number;
  type: 'success' | 'error' | 'event';
  method?: string;
  params?: Params;
  result?: Params;
  error?: string;
  message?: string;
}

/** A WebDriver BiDi session of Firefox: https://w3c.github.io/webdriver-bidi/ */
export class Bidi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#dispatch(JSON.parse(data.toString()) as Message));
    socket.on('close', () => this.#close());
  }

  /** Connects to the address that Firefox prints at its start. */
  static async connect(address: string): Promise<Bidi> {
    const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false, maxPayload: 0 });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    // A browser that is killed may reset the connection; `close` follows.
    socket.on('error', () => socket.terminate());
    return new Bidi(socket);
  }

  /** Sends a command; rejects with the browser's own message. */
  send<R = Params>(method: string, params: Params = {}): Promise<R> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error(`${method}: the browser is gone`));
    const id = ++this.#lastId;
    return new Promise<R>((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: (result) => resolve(result as R), reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** Listens to an event that was subscribed to; gives the way to stop. */
  on(event: string, listener: Listener): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  #dispatch(message: Message): void {
    if (message.type === 'event') {
      for (const listener of this.#listeners.get(message.method ?? '') ?? []) listener(message.params ?? {});
      return;
    }
    const waiting = this.#waiting.get(message.id ?? 0);
    this.#waiting.delete(message.id ?? 0);
    if (message.type === 'error') waiting?.reject(new Error(`${waiting.method}: ${message.error}: ${message.message}`));
    else waiting?.resolve(message.result ?? {});
  }

  #close(): void {
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: the browser is gone`));
    this.#waiting.clear();
  }
}
