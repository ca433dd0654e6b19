import { isBlob, isBuffer, isObject, isSocket } from './data';
import * as native from './natives';
import { hideOwnCalls } from './stack';

/** What the patched functions tell. None of them may throw. */
export interface Observer {
  constructed(socket: WebSocket, protocols: unknown): void;
  /** Called before the native `send`, with data that `send` will see unchanged. @returns what to call afterwards */
  sending(socket: WebSocket, data: unknown): (failed: boolean) => void;
  closing(socket: WebSocket): void;
}

type AnyFunction = (...args: never[]) => unknown;
/** The native function behind each one that took its place. */
const originals = new WeakMap<object, AnyFunction | typeof WebSocket>();
const undoes: (() => void)[] = [];

/**
 * Puts proxies in the place of `WebSocket`, its `send` and `close`, and of `Function.prototype.toString`, which
 * would otherwise tell. Instances stay native. Errors are those of the native functions.
 * @see https://websockets.spec.whatwg.org/#the-websocket-interface
 */
export function patchWebSocket(observer: Observer): void {
  const patched = disguise(native.WebSocket, {
    __proto__: null,
    construct(target, args, newTarget) {
      const socket = unseen(() => native.construct(target as never, args, newTarget)) as WebSocket;
      observer.constructed(socket, args[1]);
      return socket;
    },
  });
  const send = disguise(native.send, {
    __proto__: null,
    apply(target, socket, args) {
      const converted = convertData(socket, args);
      const done = converted.length > 0 && isSocket(socket) ? observer.sending(socket, converted[0]) : null;
      try {
        native.apply(target, socket, converted as never);
      } catch (error) {
        done?.(true);
        hideOwnCalls(error);
        throw error;
      }
      done?.(false);
    },
  });
  const close = disguise(native.close, {
    __proto__: null,
    apply(target, socket, args) {
      const was = isSocket(socket) ? native.readyState(socket) : 3;
      unseen(() => native.apply(target, socket, args as never));
      if (was < 2) observer.closing(socket as WebSocket);
    },
  });
  const describe = disguise(native.functionToString, {
    __proto__: null,
    apply(target, receiver, args) {
      const original = isObject(receiver) ? native.mapGet(originals, receiver) : undefined;
      return unseen(() => native.apply(target, original ?? receiver, args as never));
    },
  });
  replace(globalThis, 'WebSocket', native.WebSocket, patched);
  replace(native.WebSocket.prototype, 'constructor', native.WebSocket, patched);
  replace(native.WebSocket.prototype, 'send', native.send, send);
  replace(native.WebSocket.prototype, 'close', native.close, close);
  replace(Function.prototype, 'toString', native.functionToString, describe);
}

/** Puts back what is still ours; what another script has wrapped stays, and goes on working. */
export function restoreWebSocket(): void {
  for (let index = undoes.length - 1; index >= 0; index--) undoes[index]();
  undoes.length = 0;
}

// Without a prototype, or a page could add traps by way of `Object.prototype`.
function disguise<F extends AnyFunction | typeof WebSocket>(
  original: F,
  handler: ProxyHandler<F> & { __proto__: null },
): F {
  const proxy = new native.Proxy(original, handler);
  native.mapSet(originals, proxy, original);
  return proxy;
}

function replace(holder: object, name: string, original: unknown, by: unknown): void {
  const descriptor = native.getOwnPropertyDescriptor(holder, name);
  // Frozen by someone before us, or no longer what we took: leave it alone.
  if (!descriptor || descriptor.value !== original || !(descriptor.configurable || descriptor.writable)) return;
  const change = (value: unknown) =>
    native.defineProperty(holder, name, { __proto__: null, value } as PropertyDescriptor);
  change(by);
  undoes[undoes.length] = () => {
    if (native.getOwnPropertyDescriptor(holder, name)?.value === by) change(original);
  };
}

/** Runs a native function; what it throws shows no call of ours. */
function unseen<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    hideOwnCalls(error);
    throw error;
  }
}

/**
 * `send` converts what is neither buffer nor Blob to a string, which may run code of the page: that must happen once,
 * and we must see the same string. WHATWG WebSockets §3.1 `send()`, Web IDL §3.2.24 (union conversion).
 */
function convertData(socket: unknown, args: unknown[]): unknown[] {
  const data = args[0];
  if (typeof data === 'string' || args.length === 0 || !isSocket(socket)) return args;
  if (isObject(data) && (native.isView(data) || isBuffer(data) || isBlob(data))) return args;
  return [unseen(() => `${data as string}`)];
}
