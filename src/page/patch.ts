import { now } from './clock';
import { bytesOf, isBlob, isBuffer, isObject, isSocket } from './data';
import * as native from './natives';
import { originalOf, rememberOriginal } from './originals';
import { hideOwnCalls } from './stack';

export type AnyFunction = (...args: never[]) => unknown;

/** What was sent; `undefined` where the page's own conversion of it failed. */
export type Sent = () => string | Uint8Array | Blob | undefined;

/** What the patched functions tell. None of them may throw. `above`: the function of ours that the page called. */
export interface Observer {
  /** `time`: when the constructor was called, ms since the epoch. */
  constructed(socket: WebSocket, protocol: unknown, time: number, above: AnyFunction): void;
  /** After `send`, which may have thrown. */
  sent(socket: WebSocket, data: Sent, time: number, failed: boolean, above: AnyFunction): void;
  closing(socket: WebSocket): void;
}

type Call = (receiver: never, args: unknown[], above: AnyFunction) => unknown;
/** Our own functions. */
export interface Patched {
  open: typeof WebSocket;
  send: typeof WebSocket.prototype.send;
  close: typeof WebSocket.prototype.close;
  /** Puts back what is still ours; what another script has wrapped stays, and goes on working. */
  restore(): void;
}

/**
 * Puts proxies in the place of `WebSocket`, its `send` and `close`, and of `Function.prototype.toString`, which
 * would otherwise tell. Instances stay native. Errors are those of the native functions.
 * @see https://websockets.spec.whatwg.org/#the-websocket-interface
 */
export function patchWebSocket(observer: Observer): Patched {
  const open = disguise(native.WebSocket, 'construct', (newTarget: typeof WebSocket, args, above) => {
    const time = now();
    const socket = native.construct(native.WebSocket, args as [string], newTarget) as WebSocket;
    // Not beyond its end, where `Object.prototype` would be asked.
    // What came before us may make objects of its own.
    if (isSocket(socket)) observer.constructed(socket, args.length > 1 ? args[1] : null, time, above);
    return socket;
  });
  const send = disguise(native.send, 'apply', (socket: WebSocket, args, above) => {
    const time = now();
    const data = args.length > 0 && isSocket(socket) ? prepare(args[0]) : null;
    let failed = true;
    try {
      native.apply(native.send, socket, (data ? [data.passed] : args) as [string]);
      failed = false;
    } finally {
      if (data) observer.sent(socket, data.sent, time, failed, above);
      // No code of the page ran in it: what was thrown is the browser's own.
      args.length = 0;
    }
  });
  const close = disguise(native.close, 'apply', (socket: WebSocket, args) => {
    const open = isSocket(socket) && native.readyState(socket) < 2;
    native.apply(native.close, socket, args as []);
    if (open) observer.closing(socket);
  });
  const describe = disguise(native.functionToString, 'apply', (receiver, args) =>
    native.apply(native.functionToString, (isObject(receiver) && originalOf(receiver)) || receiver, args as []),
  );
  const undoes = [
    replace(globalThis, 'WebSocket', native.WebSocket, open),
    replace(native.WebSocket.prototype, 'constructor', native.WebSocket, open),
    replace(native.socket, 'send', native.send, send),
    replace(native.socket, 'close', native.close, close),
    replace(Function.prototype, 'toString', native.functionToString, describe),
  ];
  return {
    open,
    send,
    close,
    restore() {
      for (let index = 0; index < undoes.length; index++) undoes[index]();
    },
  };
}

/** @param trap which of the two runs `call` instead, with the receiver or `newTarget` */
function disguise<F extends AnyFunction | typeof WebSocket>(original: F, trap: 'apply' | 'construct', call: Call): F {
  const above = (_: F, one: never, two: never) => {
    const args = trap === 'apply' ? two : one;
    try {
      return call(trap === 'apply' ? one : two, args, above);
    } catch (error) {
      hideOwnCalls(error, above, args);
      throw error;
    }
  };
  const proxy = new native.Proxy<F>(original, {
    // Without a prototype, or a page could add traps by way of `Object.prototype`.
    __proto__: null,
    [trap]: above,
    // The language looks for cycles of prototypes, but not behind proxies.
    setPrototypeOf(target: F, prototype: object | null) {
      for (let one = prototype; one; one = native.getPrototypeOf(one)) if (one === proxy) return false;
      return native.setPrototypeOf(target, prototype);
    },
  } as ProxyHandler<F>);
  rememberOriginal(proxy, original);
  return proxy;
}

/** @returns what puts it back */
function replace(holder: object, name: string, original: unknown, by: unknown): () => void {
  const change = (from: unknown, value: unknown) => {
    // No longer what it was: someone else's, which is left alone.
    if (native.getOwnPropertyDescriptor(holder, name)?.value === from)
      native.defineProperty(holder, name, { __proto__: null, value } as PropertyDescriptor);
  };
  change(original, by);
  return () => change(by, original);
}

/**
 * `send` converts to a string what is neither buffer nor Blob, which may run code of the page: that must happen once,
 * at its time, and we must see the same string. WHATWG WebSockets §3.1 `send()`, Web IDL §3.2.24 (union conversion).
 * @returns what to pass to the native function, and how to see what it sent
 */
function prepare(data: unknown): { passed: unknown; sent: Sent } {
  if (!isObject(data)) return { passed: data, sent: () => textOf(data) };
  if (native.isView(data) || isBuffer(data)) return { passed: data, sent: () => bytesOf(data) };
  if (isBlob(data)) return { passed: data, sent: () => data };
  const passed = primitiveOf(data as never);
  return { passed, sent: () => textOf(passed) };
}

const textOf = (value: unknown) => (typeof value === 'symbol' || isObject(value) ? undefined : `${value}`);

/**
 * What an object is converted to on its way to a string, as ECMAScript §7.1.1 ToPrimitive has it.
 * @returns an object that fails alike where that has no result: the native function says so in its own words
 */
function primitiveOf(data: Record<PropertyKey, AnyFunction | null | undefined>): unknown {
  const convert = data[native.toPrimitive] ?? null;
  if (convert !== null) {
    if (typeof convert !== 'function') return { __proto__: null, [native.toPrimitive]: convert };
    const value = native.apply(convert, data, ['string'] as never);
    return isObject(value) ? { __proto__: null, [native.toPrimitive]: () => value } : value;
  }
  for (let index = 0; index < 2; index++) {
    const method = data[index ? 'valueOf' : 'toString'];
    const value = typeof method === 'function' ? native.apply(method, data, [] as never) : data;
    if (!isObject(value)) return value;
  }
  return { __proto__: null };
}
