/**
 * What the page script uses of the platform, taken before any script of the page ran: a page that replaces
 * or watches built-ins afterwards neither breaks the recording nor notices it. Functions that run later must
 * use these, and no method, getter or constructor that a page could have replaced.
 */
export const { apply, construct, defineProperty, get, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } =
  Reflect;
const { bind: nativeBind, call, apply: applyTo } = Function.prototype;
export type AnyFunction = (...args: never[]) => unknown;

/** `uncurryThis(method)(receiver, ...args)` calls `method` on `receiver` and looks nothing up when it does. */
export const uncurryThis = nativeBind.bind(call) as (method: unknown) => AnyFunction;
/** Asks the function for its name and length, which a page may watch: only for the script's start. */
const bind = uncurryThis(nativeBind) as unknown as (
  method: unknown,
  receiver: unknown,
  ...args: unknown[]
) => AnyFunction;

/**
 * @returns the object's methods and getters of these names, as functions that take the receiver first; each throws
 * where the receiver's brand is another one
 */
function take<Functions extends AnyFunction[]>(holder: object, ...names: PropertyKey[]): Functions {
  return names.map((name) => {
    const { get, value } = getOwnPropertyDescriptor(holder, name) ?? {};
    return uncurryThis(get ?? value);
  }) as Functions;
}

/** @returns the first in a chain of prototypes that has the property itself */
function holderOf(name: string, holder: object | null | undefined): object {
  if (!holder) return { __proto__: null };
  return getOwnPropertyDescriptor(holder, name) ? holder : holderOf(name, getPrototypeOf(holder));
}

type Getter<Result> = (receiver: object) => Result;
type ViewParts = [Getter<ArrayBuffer>, Getter<number>, Getter<number>];

const NativeCustomEvent = CustomEvent;
const NativeDataView = DataView;
const NativeError = Error;
const NativeFileReader = FileReader;
const NativeProxy = Proxy;
const NativeString = String;
const NativeUint8Array = Uint8Array;
const NativeWeakMap = WeakMap;
const NativeWeakRef = WeakRef;
/** Of the page or of another extension where that came first; `undefined` where it was taken away. */
const NativeWebSocket = globalThis.WebSocket;

export {
  applyTo,
  bind,
  call,
  NativeCustomEvent as CustomEvent,
  NativeDataView as DataView,
  NativeError as Error,
  NativeFileReader as FileReader,
  NativeProxy as Proxy,
  NativeString as String,
  NativeUint8Array as Uint8Array,
  NativeWeakMap as WeakMap,
  NativeWeakRef as WeakRef,
  NativeWebSocket as WebSocket,
};
/** Taken whole, for packing. */
export const constructors = { ArrayBuffer, Float64Array, Uint32Array, Uint8Array };

/** The browser's own prototype, below the subclass that may have come first; empty where there is none. */
export const socket = holderOf('readyState', NativeWebSocket?.prototype) as WebSocket;
export const { send, close } = socket;
export const functionPrototype = Function.prototype;
export const functionToString = functionPrototype.toString;
/** The getters that functions inherit by these names. Firefox only: others throw alike whatever they are called on. */
export const [callerOf, argumentsOf] = ['caller', 'arguments'].map(
  (name) => getOwnPropertyDescriptor(functionPrototype, name)?.get,
);
export const [url, protocol, extensions, readyState, bufferedAmount] = take<
  [Getter<string>, Getter<string>, Getter<string>, Getter<number>, Getter<number>]
>(socket, 'url', 'protocol', 'extensions', 'readyState', 'bufferedAmount');
export const [addEventListener, dispatchEvent] = take<
  [
    (target: EventTarget, type: string, listener: (event: Event) => void, capture?: boolean) => void,
    (target: EventTarget, event: Event) => boolean,
  ]
>(EventTarget.prototype, 'addEventListener', 'dispatchEvent');
export const [stopEvent] = take<[(event: Event) => void]>(Event.prototype, 'stopImmediatePropagation');
export const [detail] = take<[Getter<unknown>]>(CustomEvent.prototype, 'detail');
export const [data] = take<[Getter<unknown>]>(MessageEvent.prototype, 'data');
export const [closeCode, closeReason, wasClean] = take<[Getter<number>, Getter<string>, Getter<boolean>]>(
  CloseEvent.prototype,
  'code',
  'reason',
  'wasClean',
);

export const { isView } = ArrayBuffer;
export const [bufferBytes] = take<[Getter<number>]>(ArrayBuffer.prototype, 'byteLength');
const parts = ['buffer', 'byteOffset', 'byteLength'];
const bytes = Uint8Array.prototype;
export const typedArrayParts = take<ViewParts>(getPrototypeOf(bytes)!, ...parts);
export const dataViewParts = take<ViewParts>(DataView.prototype, ...parts);
export const copy = uncurryThis(bytes.set) as (into: Uint8Array, from: ArrayLike<number>, at: number) => void;
/** Not the method of that name, which asks the page's `constructor` for a species. */
export function subarray(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return new NativeUint8Array(typedArrayParts[0](bytes), typedArrayParts[1](bytes) + from, to - from);
}
export const byteLength = typedArrayParts[2];
/** @returns the same bytes in a buffer of their own */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  const copied = new NativeUint8Array(byteLength(bytes));
  copy(copied, bytes, 0);
  return copied;
}
export const blob = Blob.prototype;
export const [blobSize, blobSlice] = take<[Getter<number>, (blob: Blob) => Blob]>(blob, 'size', 'slice');
/** No promise, whose waiting the page could watch. */
export const [readBytes, bytesRead] = take<[(reader: FileReader, blob: Blob) => void, Getter<ArrayBuffer | null>]>(
  FileReader.prototype,
  'readAsArrayBuffer',
  'result',
);

export const [exceptionCode] = take<[Getter<number>]>(DOMException.prototype, 'code');
export const { toPrimitive } = Symbol;
export const [viewOf] = take<[Getter<Window | null>]>(Document.prototype, 'defaultView');
export const [parentOf, performanceOf] = take<[Getter<Window>, Getter<Performance>]>(window, 'parent', 'performance');
export const [inherits] = take<[(prototype: object, value: unknown) => boolean]>(Object.prototype, 'isPrototypeOf');
export const [mapGet, mapSet] = take<
  [
    <K extends object, V>(map: WeakMap<K, V>, key: K) => V | undefined,
    <K extends object, V>(map: WeakMap<K, V>, key: K, value: V) => void,
  ]
>(WeakMap.prototype, 'get', 'set');
export const [deref] = take<[<T extends object>(ref: WeakRef<T>) => T | undefined]>(WeakRef.prototype, 'deref');
export const [split] = take<[(text: string, by: string) => string[]]>(String.prototype, 'split');
export const { stringify, parse } = JSON;
export const { reduce } = Array.prototype;
export const { throwIfAborted } = AbortSignal.prototype;
export const abort = AbortSignal.abort.bind(AbortSignal);
export const microtask = queueMicrotask.bind(globalThis);
export const [encodeInto, encode] = take<
  [
    (encoder: TextEncoder, text: string, into: Uint8Array) => TextEncoderEncodeIntoResult,
    (encoder: TextEncoder, text: string) => Uint8Array,
  ]
>(TextEncoder.prototype, 'encodeInto', 'encode');
export const encoder = new TextEncoder();
export const [slice] = take<[(text: string, from: number, to: number) => string]>(String.prototype, 'slice');
export const now = performance.now.bind(performance);
export const { timeOrigin } = performance;
export const { captureStackTrace, isError } = Error as unknown as {
  captureStackTrace: (error: object, above: unknown) => void;
  isError: (value: unknown) => value is Error;
};
