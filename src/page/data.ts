import * as native from './natives';

/** Asks a getter with a brand check: it throws for any other object, and no trap of a proxy is run. */
function hasBrand(getter: (receiver: object) => unknown, value: unknown): boolean {
  if (!isObject(value)) return false;
  try {
    getter(value);
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
/** @returns whether it is an ArrayBuffer, of whatever realm */
export const isBuffer = (value: unknown): value is ArrayBuffer => hasBrand(native.bufferBytes, value);
/** @returns whether it is a Blob, of whatever realm */
export const isBlob = (value: unknown): value is Blob => hasBrand(native.blobSize, value);

/** @returns the bytes that a buffer or view shows now, not copied; none for anything else */
export function bytesOf(data: unknown): Uint8Array {
  if (isBuffer(data)) return new native.Uint8Array(data);
  if (!native.isView(data)) return new native.Uint8Array(0);
  return native.typedArrayTag(data) === undefined
    ? new native.Uint8Array(native.dataViewBuffer(data), native.dataViewOffset(data), native.dataViewBytes(data))
    : new native.Uint8Array(native.viewBuffer(data), native.viewOffset(data), native.viewBytes(data));
}
