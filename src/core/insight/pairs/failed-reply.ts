import type { Decoded } from '../../decode/types';

const SAYS_ERROR = /(^|[ :_])(error|failed|failure|abort|reject|rejected)(?![a-z])/i;
/** Of an array: Phoenix has its payload fifth, acks of Socket.IO first or second. */
const MOST_ITEMS = 8;
const BAD_STATUS = new Set(['error', 'timeout', 'failed', 'failure']);

/**
 * Whether a reply says that what was asked for failed: by the decoder's kind (`error`, `ERROR`, `Completion error`), or by
 * what its value, or one of the first items of a list, commonly has: `error` or `errors` that are not empty, `status: "error"`, `ok` or `success` that is false,
 * there or in its `payload`.
 */
export function isFailedReply({ kind, json }: Pick<Decoded, 'kind' | 'json'>): boolean {
  if (SAYS_ERROR.test(kind)) return true;
  const value = json?.();
  const values: unknown[] = Array.isArray(value) ? value.slice(0, MOST_ITEMS) : [value];
  return values.some((each) => tellsFailure(each) || (isObject(each) && tellsFailure(each.payload)));
}

function tellsFailure(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { error, errors, status, ok, success } = value;
  if (error !== undefined && error !== null && error !== false && error !== '' && error !== 0) return true;
  if (Array.isArray(errors) && errors.length > 0) return true;
  return (typeof status === 'string' && BAD_STATUS.has(status)) || ok === false || success === false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
