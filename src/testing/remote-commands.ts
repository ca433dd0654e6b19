export type Params = Record<string, unknown>;
type Listener = (params: Params, sessionId: string | undefined) => void;

interface Waiting {
  method: string;
  resolve(result: Params): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

interface Message {
  id?: number | null;
  method?: string;
  sessionId?: string;
  params?: Params;
  result?: Params;
  /** The protocols differ: Chromium's has the message in an object, WebDriver BiDi's beside a code. */
  error?: { message: string } | string;
  message?: string;
}

/** Milliseconds that a browser may take for a command. A script in a page may take as long as its test. */
const commandLimit = 30_000;
const unlimited = new Set(['Runtime.evaluate', 'script.evaluate']);

/**
 * Commands, answers and events as JSON, which is how Chromium and Firefox are both driven remotely. A subclass brings
 * the wire: it hands over what arrives, and writes what is given.
 */
export abstract class RemoteCommands {
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;
  #ended = false;

  protected abstract write(text: string): void;

  /** Sends a command to the browser, or to the session given; rejects with the browser's own message. */
  send<R = Params>(method: string, params: Params = {}, sessionId?: string): Promise<R> {
    if (this.#ended) return Promise.reject(new Error(`${method}: the browser is gone`));
    const id = ++this.#lastId;
    return new Promise<R>((resolve, reject) => {
      const late = () => this.#settle(id)?.reject(new Error(`${method}: no answer within ${commandLimit} ms`));
      const timer = setTimeout(late, unlimited.has(method) ? 2 ** 31 - 1 : commandLimit);
      this.#waiting.set(id, { method, resolve: (result) => resolve(result as R), reject, timer });
      this.write(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    });
  }

  /** Listens to an event of every session; gives the way to stop. */
  on(event: string, listener: Listener): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  protected arrived(text: string): void {
    const message = JSON.parse(text) as Message;
    if (typeof message.id !== 'number') {
      const listeners = this.#listeners.get(message.method ?? '') ?? [];
      for (const listener of listeners) listener(message.params ?? {}, message.sessionId);
      return;
    }
    const waiting = this.#settle(message.id);
    if (message.error === undefined) waiting?.resolve(message.result ?? {});
    else waiting?.reject(new Error(`${waiting.method}: ${errorText(message.error, message.message)}`));
  }

  /** The wire broke: whoever waits, waits in vain. */
  protected end(): void {
    this.#ended = true;
    for (const id of this.#waiting.keys()) {
      const waiting = this.#settle(id);
      waiting?.reject(new Error(`${waiting.method}: the browser is gone`));
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}

function errorText(error: { message: string } | string, detail = ''): string {
  return typeof error === 'string' ? `${error}: ${detail}` : error.message;
}
