/**
 * What the page script uses of the platform, taken before any script of the page ran: a page that replaces
 * or watches built-ins afterwards neither breaks the recording nor notices it. Functions that run later must
 * use these, and no method of a built-in prototype.
 */
const { apply, construct, defineProperty, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;
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

export const native = {
  apply,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  setPrototypeOf,
  Proxy,
  WeakRef,
  Uint8Array,
  CustomEvent,
  Error,
  WebSocket,
  send: WebSocket.prototype.send,
  close: WebSocket.prototype.close,
  functionToString: Function.prototype.toString,

  addEventListener: uncurryThis(EventTarget.prototype.addEventListener) as (
    target: EventTarget,
    type: string,
    listener: (event: Event) => void,
  ) => void,
  dispatchEvent: uncurryThis(EventTarget.prototype.dispatchEvent),
  detail: getter<unknown>(CustomEvent.prototype, 'detail'),
  data: getter<unknown>(MessageEvent.prototype, 'data'),
  closeCode: getter<number>(CloseEvent.prototype, 'code'),
  closeReason: getter<string>(CloseEvent.prototype, 'reason'),
  wasClean: getter<boolean>(CloseEvent.prototype, 'wasClean'),
  relatedTarget: getter<EventTarget | null>(MouseEvent.prototype, 'relatedTarget'),

  url: getter<string>(WebSocket.prototype, 'url'),
  protocol: getter<string>(WebSocket.prototype, 'protocol'),
  extensions: getter<string>(WebSocket.prototype, 'extensions'),
  readyState: getter<number>(WebSocket.prototype, 'readyState'),

  isView: ArrayBuffer.isView,
  bufferBytes: getter<number>(ArrayBuffer.prototype, 'byteLength'),
  sliceBuffer: uncurryThis(ArrayBuffer.prototype.slice),
  viewBuffer: getter<ArrayBufferLike>(typedArray, 'buffer'),
  viewOffset: getter<number>(typedArray, 'byteOffset'),
  viewBytes: getter<number>(typedArray, 'byteLength'),
  /** `undefined` for what is no typed array. */
  typedArrayTag: getter<string | undefined>(typedArray, Symbol.toStringTag),
  dataViewBuffer: getter<ArrayBufferLike>(DataView.prototype, 'buffer'),
  dataViewOffset: getter<number>(DataView.prototype, 'byteOffset'),
  dataViewBytes: getter<number>(DataView.prototype, 'byteLength'),
  blobSize: getter<number>(Blob.prototype, 'size'),
  blobSlice: uncurryThis(Blob.prototype.slice),
  blobBytes: uncurryThis(Blob.prototype.arrayBuffer),
  settle: uncurryThis(Promise.prototype.then) as <T>(
    promise: Promise<T>,
    done: (value: T) => void,
    failed: (error: unknown) => void,
  ) => void,
  subarray: uncurryThis(Uint8Array.prototype.subarray),
  setBytes: uncurryThis(Uint8Array.prototype.set),

  inherits: uncurryThis(Object.prototype.isPrototypeOf),
  mapGet: uncurryThis(WeakMap.prototype.get) as <K extends object, V>(map: WeakMap<K, V>, key: K) => V | undefined,
  mapSet: uncurryThis(WeakMap.prototype.set) as <K extends object, V>(map: WeakMap<K, V>, key: K, value: V) => void,
  deref: uncurryThis(WeakRef.prototype.deref) as <T extends object>(ref: WeakRef<T>) => T | undefined,
  indexOf: uncurryThis(String.prototype.indexOf),
  slice: uncurryThis(String.prototype.slice),
  charCodeAt: uncurryThis(String.prototype.charCodeAt),

  stringify: JSON.stringify,
  parse: JSON.parse,
  atob: atob.bind(globalThis),
  encodeInto: uncurryThis(TextEncoder.prototype.encodeInto),
  encode: uncurryThis(TextEncoder.prototype.encode),
  encoder: new TextEncoder(),
  resolved: Promise.resolve(),
  min: Math.min,
  now: performance.now.bind(performance),
  wallClock: Date.now,
  timeOrigin: performance.timeOrigin,
};
