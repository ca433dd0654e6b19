import * as native from './natives';

let origin = native.timeOrigin;

/** @returns ms since the epoch, with fractions; never stepping back while the page lives. */
export function now(): number {
  return origin + native.now();
}

/** `performance.now()` stands still while a computer sleeps: catch up with the wall clock when it is well ahead. */
export function followWallClock(): void {
  const behind = native.wallClock() - now();
  if (behind > 1000) origin += behind;
}
