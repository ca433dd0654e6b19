/**
 * Gives the memory of a view's whole buffer back now, instead of when garbage is collected, which a thread that makes
 * little of it does late. Neither the buffer nor any view of it may be used any more.
 */
export function giveBack({ buffer }: ArrayBufferView): void {
  // Node 20, which runs unit tests, has no `transfer`.
  if (buffer instanceof ArrayBuffer) buffer.transfer?.(0);
}
