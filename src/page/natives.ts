/**
 * What the page script uses of the platform, taken before any script of the page ran: a page that replaces
 * or watches built-ins afterwards neither breaks the recording nor notices it. Functions that run later must
 * use these, and no method of a built-in prototype.
 */
export const { apply, construct, defineProperty, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;
const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const { bind, call } = Function.prototype;

/** `uncurryThis(method)(receiver, ...args)` calls `method` on `receiver` and looks nothing up when it does. */
const uncurryThis = bind.bind(call) as <This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
) => (receiver: This, ...args: Args) => Result;

function getter<Result>(prototype: object, name: PropertyKey): (receiver: object) => Result {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  if (!get) throw new Error(`No getter ${String(name)}`);
  return uncurryThis(get) as (receiver: object) => Result;
}

const NativeProxy = Proxy;
const NativeWeakRef = WeakRef;
const NativeUint8Array = Uint8Array;
const NativeCustomEvent = CustomEvent;
const NativeError = Error;
const NativeWebSocket = WebSocket;

export {
  NativeCustomEvent as CustomEvent,
  NativeError as Error,
  NativeProxy as Proxy,
  NativeUint8Array as Uint8Array,
  NativeWeakRef as WeakRef,
  NativeWebSocket as WebSocket,
};

export const send = WebSocket.prototype.send;
export const close = WebSocket.prototype.close;
export const functionToString = Function.prototype.toString;
export const addEventListener = uncurryThis(EventTarget.prototype.addEventListener) as (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
) => void;
export const dispatchEvent = uncurryThis(EventTarget.prototype.dispatchEvent);
export const detail = getter<unknown>(CustomEvent.prototype, 'detail');
export const data = getter<unknown>(MessageEvent.prototype, 'data');
export const closeCode = getter<number>(CloseEvent.prototype, 'code');
export const closeReason = getter<string>(CloseEvent.prototype, 'reason');
export const wasClean = getter<boolean>(CloseEvent.prototype, 'wasClean');
export const relatedTarget = getter<EventTarget | null>(MouseEvent.prototype, 'relatedTarget');
export const url = getter<string>(WebSocket.prototype, 'url');
export const protocol = getter<string>(WebSocket.prototype, 'protocol');
export const extensions = getter<string>(WebSocket.prototype, 'extensions');
export const readyState = getter<number>(WebSocket.prototype, 'readyState');
export const isView = ArrayBuffer.isView;
export const bufferBytes = getter<number>(ArrayBuffer.prototype, 'byteLength');
export const viewBuffer = getter<ArrayBufferLike>(typedArray, 'buffer');
export const viewOffset = getter<number>(typedArray, 'byteOffset');
export const viewBytes = getter<number>(typedArray, 'byteLength');
/** `undefined` for what is no typed array. */
export const typedArrayTag = getter<string | undefined>(typedArray, Symbol.toStringTag);
export const dataViewBuffer = getter<ArrayBufferLike>(DataView.prototype, 'buffer');
export const dataViewOffset = getter<number>(DataView.prototype, 'byteOffset');
export const dataViewBytes = getter<number>(DataView.prototype, 'byteLength');
export const blobSize = getter<number>(Blob.prototype, 'size');
export const blobBytes = uncurryThis(Blob.prototype.arrayBuffer);
export const settle = uncurryThis(Promise.prototype.then) as <T>(
  promise: Promise<T>,
  done: (value: T) => void,
  failed: (error: unknown) => void,
) => void;
/** Not the method of that name, which asks the page's `constructor` for a species. */
export function subarray(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return new NativeUint8Array(viewBuffer(bytes), viewOffset(bytes) + from, to - from);
}
/** `into.set(from, at)` */
export const setBytes = uncurryThis(Uint8Array.prototype.set);
/** @returns the same bytes in a buffer of their own */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  const copy = new NativeUint8Array(bytes.length);
  setBytes(copy, bytes, 0);
  return copy;
}
/** Making JSON of a list must not find a `toJSON` of the page. @returns the same list */
export function withoutPrototype<T>(list: T[]): T[] {
  setPrototypeOf(list, null);
  return list;
}
export const inherits = uncurryThis(Object.prototype.isPrototypeOf);
export const mapGet = uncurryThis(WeakMap.prototype.get) as <K extends object, V>(
  map: WeakMap<K, V>,
  key: K,
) => V | undefined;
export const mapSet = uncurryThis(WeakMap.prototype.set) as <K extends object, V>(
  map: WeakMap<K, V>,
  key: K,
  value: V,
) => void;
export const deref = uncurryThis(WeakRef.prototype.deref) as <T extends object>(ref: WeakRef<T>) => T | undefined;
export const indexOf = uncurryThis(String.prototype.indexOf);
export const slice = uncurryThis(String.prototype.slice);
export const charCodeAt = uncurryThis(String.prototype.charCodeAt);
export const stringify = JSON.stringify;
export const parse = JSON.parse;
export const fromBase64 = globalThis.atob.bind(globalThis);
export const microtask = queueMicrotask.bind(globalThis);
export const encodeInto = uncurryThis(TextEncoder.prototype.encodeInto);
export const encode = uncurryThis(TextEncoder.prototype.encode);
export const encoder = new TextEncoder();
export const min = Math.min;
export const now = performance.now.bind(performance);
export const wallClock = Date.now;
export const timeOrigin = performance.timeOrigin;
