import * as native from './natives';

let origin = native.timeOrigin;

/** @returns ms since the epoch, with fractions; never stepping back while the page lives. */
export const now = () => origin + native.now();

/** `performance.now()` stands still while a computer sleeps: the content script tells by how many ms it is behind. */
export function advanceClock(ms: number): void {
  origin += ms;
}
