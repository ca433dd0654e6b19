/** Ids and lengths are kept in 32 bits. */
const MOST = 2 ** 32 - 1;

/** Whether the value is a whole number of at least 0. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Whether the value is a count that can be an id, or the length of a payload in bytes. */
export function isUint32(value: unknown): value is number {
  return isCount(value) && value <= MOST;
}

/** Whether the value is a time: JSON can write numbers that are too large to be one. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
