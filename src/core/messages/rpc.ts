/**
 * The one shape of conversation between extension pages and the store: a call with a number, its answer
 * with the same number, and events that nobody asked for. Errors cross as data.
 */
export interface CallMessage {
  type: 'call';
  id: number;
  method: string;
  params: unknown;
}

export type AnswerMessage =
  | { type: 'answer'; id: number; ok: true; result: unknown }
  | { type: 'answer'; id: number; ok: false; error: RemoteErrorData };

export interface EventMessage {
  type: 'event';
  event: string;
  data: unknown;
}

/** An error as data. `where` says what part of the input was wrong, where that is known. */
export interface RemoteErrorData {
  name: string;
  message: string;
  where?: string;
}

/** What an answer that is an error becomes at the caller. */
export class RemoteError extends Error {
  readonly where: string;
  constructor(data: RemoteErrorData) {
    super(data.message);
    this.name = data.name;
    this.where = data.where ?? '';
  }
}

/** A map of calls: method name to the types of its parameter and of its result. */
export type Calls = Record<string, { params: unknown; result: unknown }>;
/** A map of events: name to the type of its data. */
export type Events = Record<string, unknown>;

/** The least that a `MessagePort`, a `Worker` and a test's fake have in common. */
export interface Transport {
  send(message: CallMessage | AnswerMessage | EventMessage, transfer?: Transferable[]): void;
  subscribe(listener: (message: unknown) => void): void;
}

export interface Client<C extends Calls, E extends Events> {
  /** @throws {RemoteError} (asynchronously) when the other side answers with an error. */
  call<M extends keyof C & string>(
    method: M,
    params: C[M]['params'],
    transfer?: Transferable[],
  ): Promise<C[M]['result']>;
  /** @returns a function that ends the subscription. */
  on<K extends keyof E & string>(event: K, listener: (data: E[K]) => void): () => void;
}

/**
 * Speaks to the other end of a transport. Messages that are not of the shape above are ignored.
 * @param transport where calls go and answers come from
 */
export function createClient<C extends Calls, E extends Events>(transport: Transport): Client<C, E> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  let lastId = 0;
  transport.subscribe((message) => {
    if (!isRecord(message)) return;
    if (message.type === 'answer' && typeof message.id === 'number') {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok === true) call?.resolve(message.result);
      else call?.reject(new RemoteError(asErrorData(message.error)));
    } else if (message.type === 'event' && typeof message.event === 'string') {
      for (const listener of listeners.get(message.event) ?? []) listener(message.data);
    }
  });
  return {
    call(method, params, transfer) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        transport.send({ type: 'call', id, method, params }, transfer);
      });
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener as (data: unknown) => void);
      return () => set.delete(listener as (data: unknown) => void);
    },
  };
}

/** What serves calls: one function a method. The parameter is what the other side sent. */
export type Handlers<C extends Calls> = {
  [M in keyof C]: (params: C[M]['params']) => C[M]['result'] | Promise<C[M]['result']>;
};

/**
 * Answers the calls that come over a transport.
 * @returns a function that sends an event to the other end
 */
export function serve<C extends Calls, E extends Events>(
  transport: Transport,
  handlers: Handlers<C>,
): <K extends keyof E & string>(event: K, data: E[K], transfer?: Transferable[]) => void {
  transport.subscribe(async (message) => {
    if (!isRecord(message) || message.type !== 'call' || typeof message.id !== 'number') return;
    const id = message.id;
    try {
      const method = String(message.method);
      if (!Object.hasOwn(handlers, method)) throw new Error(`There is no call "${method}"`);
      const result = await handlers[method as keyof C](message.params as never);
      transport.send({ type: 'answer', id, ok: true, result });
    } catch (error) {
      transport.send({ type: 'answer', id, ok: false, error: errorData(error) });
    }
  });
  return (event, data, transfer) => transport.send({ type: 'event', event, data }, transfer);
}

/**
 * @param error anything that was thrown
 * @returns what crosses a boundary of it
 */
export function errorData(error: unknown): RemoteErrorData {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const where = (error as { where?: unknown }).where;
  return { name: error.name, message: error.message, ...(typeof where === 'string' ? { where } : {}) };
}

function asErrorData(value: unknown): RemoteErrorData {
  if (!isRecord(value)) return { name: 'Error', message: 'The other side failed without saying why' };
  return {
    name: typeof value.name === 'string' ? value.name : 'Error',
    message: typeof value.message === 'string' ? value.message : '',
    ...(typeof value.where === 'string' ? { where: value.where } : {}),
  };
}

/**
 * @param value anything
 * @returns whether its members can be read as those of an object
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
