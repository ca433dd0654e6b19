/** What a user's function finds beside the language itself: to convert, unpack, decrypt and log, and nothing that reaches out. */
const WEB = [
  'AbortController',
  'AbortSignal',
  'atob',
  'Blob',
  'btoa',
  'ByteLengthQueuingStrategy',
  'clearTimeout',
  'CompressionStream',
  'console',
  'CountQueuingStrategy',
  'crypto',
  'Crypto',
  'CryptoKey',
  'DecompressionStream',
  'DOMException',
  'queueMicrotask',
  'ReadableStream',
  'ReadableStreamDefaultReader',
  'Response',
  'setTimeout',
  'structuredClone',
  'SubtleCrypto',
  'TextDecoder',
  'TextDecoderStream',
  'TextEncoder',
  'TextEncoderStream',
  'TransformStream',
  'URLSearchParams',
  'WebAssembly',
  'WritableStream',
];

/** The globals of ECMAScript that this module does not want to see missing. */
const LANGUAGE = [
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'AsyncDisposableStack',
  'Atomics',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DataView',
  'Date',
  'decodeURI',
  'decodeURIComponent',
  'DisposableStack',
  'encodeURI',
  'encodeURIComponent',
  'Error',
  'escape',
  'eval',
  'EvalError',
  'FinalizationRegistry',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Function',
  'globalThis',
  'Infinity',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Intl',
  'isFinite',
  'isNaN',
  'Iterator',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'parseFloat',
  'parseInt',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'Reflect',
  'RegExp',
  'Set',
  'String',
  'SuppressedError',
  'Symbol',
  'SyntaxError',
  'Temporal',
  'TypeError',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'undefined',
  'unescape',
  'URIError',
  'WeakMap',
  'WeakRef',
  'WeakSet',
];

/**
 * Takes everything else away from a global object and what it inherits from, so that whatever comes to browsers later
 * is missing too. The policy of the page forbids the network already; this leaves nothing to try it with, nor to speak
 * to the page or to read the extension's own files with, which Chromium's policy lets pass.
 *
 * @returns names that could not be taken away
 */
export function confine(scope: object): string[] {
  const kept = new Set([...LANGUAGE, ...WEB]);
  const stuck: string[] = [];
  for (
    let each: object | null = scope;
    each !== null && each !== Object.prototype;
    each = Object.getPrototypeOf(each)
  ) {
    for (const name of Object.getOwnPropertyNames(each)) {
      if (kept.has(name) || (name === 'constructor' && each !== scope)) continue;
      if (!Reflect.deleteProperty(each, name)) stuck.push(name);
    }
  }
  return stuck;
}
