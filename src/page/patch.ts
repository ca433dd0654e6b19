import { now } from './clock';
import { bytesOf, isBlob, isBuffer, isObject, isSocket } from './data';
import { disguise } from './disguise';
import * as native from './natives';
import { behind } from './originals';
import { callOf } from './trampoline';

/** What was sent; `undefined` where that is nothing to send. */
export type Sent = () => string | Uint8Array | Blob | undefined;

/** What the patched functions tell. None of them may throw. */
export interface Observer {
  /** `time`: when the constructor was called, ms since the epoch. */
  constructed(socket: WebSocket, protocol: unknown, time: number): void;
  /** About `send`. `failed`: it has thrown, or will. */
  sent(socket: WebSocket, data: Sent, time: number, failed: boolean): void;
  closing(socket: WebSocket): void;
}

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
  const open = disguise(native.WebSocket, 'construct', (args: unknown[], newTarget: typeof WebSocket) => {
    const time = now();
    return callOf(native.construct, undefined, [native.WebSocket, args, newTarget], (socket, failed) => {
      // What came before us may make objects of its own. Arguments not beyond their end, where `Object.prototype` would be asked.
      if (!failed && isSocket(socket)) observer.constructed(socket, args.length > 1 ? args[1] : null, time);
    });
  });
  const send = disguise(native.send, 'apply', (socket: WebSocket, args: unknown[]) => {
    const time = now();
    if (args.length === 0 || !isSocket(socket)) return callOf(native.send, socket, args);
    const sendAs = (data: unknown, sent: Sent) => {
      // Code of the page ran in it before, if it does: what is thrown from now on is the browser's own.
      args.length = 0;
      const tell = (_: never, failed: boolean) => observer.sent(socket, sent, time, failed);
      const connecting = native.readyState(socket) === 0;
      // WHATWG WebSockets §3.1 `send()`: it will throw.
      if (connecting) tell(undefined as never, true);
      return callOf(native.send, socket, [data], connecting ? undefined : tell);
    };
    const data = args[0];
    if (!isObject(data)) return sendAs(data, () => textOf(data));
    if (native.isView(data) || isBuffer(data)) return sendAs(data, () => bytesOf(data));
    if (isBlob(data)) return sendAs(data, () => data);
    // `send` converts to a string what is neither buffer nor Blob, which may run code of the page: that must happen once, at
    // its time, and we must see the same string. Web IDL §3.2.24 (union conversion).
    const sendText = (text: unknown) => sendAs(text, () => textOf(text));
    return __V8__ ? sendText(primitiveOf(data as never)) : callOf(native.String, undefined, [data], sendText);
  });
  const close = disguise(native.close, 'apply', (socket: WebSocket, args: unknown[]) => {
    const open = isSocket(socket) && native.readyState(socket) < 2;
    return callOf(native.close, socket, args, (_, failed) => {
      if (open && !failed) observer.closing(socket);
    });
  });
  const describe = disguise(native.functionToString, 'apply', (receiver: unknown, args: unknown[]) =>
    callOf(native.functionToString, isObject(receiver) ? behind(receiver) : receiver, args),
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

const textOf = (value: unknown) => (typeof value === 'symbol' || isObject(value) ? undefined : `${value}`);

/**
 * What an object is converted to on its way to a string, as ECMAScript §7.1.1 ToPrimitive has it.
 * @returns an object that fails alike where that has no result: the native function says so in its own words
 */
function primitiveOf(data: Record<PropertyKey, native.AnyFunction | null | undefined>): unknown {
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
