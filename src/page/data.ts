import * as native from './natives';

/** Asks with a function that checks a brand: it throws for any other object, and no trap of a proxy is run. */
export function hasBrand(ask: (receiver: object) => unknown, value: unknown): boolean {
  try {
    ask(value as object);
    return true;
  } catch {
    return false;
  }
}

/** @returns whether it may be asked for members at all */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** @returns whether it is a WebSocket, of whatever realm */
export const isSocket = (value: unknown): value is WebSocket => hasBrand(native.readyState, value);
/** @returns whether it is a Blob, of whatever realm */
export const isBlob = (value: unknown): value is Blob => hasBrand(native.blobSize, value);
/** @returns whether it is a buffer, of whatever realm, shared or not, detached or not */
export const isBuffer = (value: unknown): value is ArrayBuffer =>
  hasBrand(native.bufferBytes, value) || hasBrand((buffer) => new native.DataView(buffer as ArrayBuffer), value);

/** @returns the bytes that a buffer or view shows now, not copied; none where it is detached */
export function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  try {
    if (!native.isView(data)) return new native.Uint8Array(data);
    const parts = hasBrand(native.byteLength, data) ? native.typedArrayParts : native.dataViewParts;
    return new native.Uint8Array(parts[0](data), parts[1](data), parts[2](data));
  } catch {
    return new native.Uint8Array(0);
  }
}
