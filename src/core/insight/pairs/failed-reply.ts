import type { Decoded } from '../../decode/types';

const SAYS_ERROR = /(^|[:_])(error|failed|failure|abort|reject|rejected|denied|invalid)(?![a-z])/i;
/** Kinds whose second word is the protocol's as well: SignalR, XMPP, Socket.IO, Jupyter. */
const TOLD_SECOND = /^(Completion|iq|connect|(?!phx_)\w+_reply) error( |$)/;
/** Acks of Socket.IO are called by the event that they answer. */
const ACK = /^ack(:|$)/;
/** Of an array: Phoenix has its payload fifth, acks of Socket.IO first or second. */
const MOST_ITEMS = 8;
const BAD_STATUS = new Set(['error', 'timeout', 'failed', 'failure']);
const GOOD_STATUS = new Set(['ok', 'success']);

/**
 * Whether a reply says that what was asked for failed: by the protocol's own part of the decoder's kind (`error getUser`, `ERROR`, `Completion error`,
 * not by the name of what was asked for, such as `get_error`), unless its value says the contrary; or by
 * what its value, or one of the first items of a list or of an ack of Socket.IO, commonly has: `error` or `errors` that are not empty,
 * `status: "error"`, `ok` or `success` that is false, there or in its `payload`.
 */
export function isFailedReply({ kind, json }: Pick<Decoded, 'kind' | 'json'>): boolean {
  const value = json?.();
  if (saysError(kind) && !tellsSuccess(value)) return true;
  const told = isObject(value) && isAck(value) ? value.data : value;
  const values: unknown[] = Array.isArray(told) ? told.slice(0, MOST_ITEMS) : [told];
  return values.some((each) => tellsFailure(each) || (isObject(each) && tellsFailure(each.payload)));
}

/** The first word is the protocol's; what follows are mostly names that the application gave. */
function saysError(kind: string): boolean {
  const [first] = kind.split(' ', 1);
  return (!ACK.test(first) && SAYS_ERROR.test(first)) || TOLD_SECOND.test(kind);
}

function isAck({ packet, type }: Record<string, unknown>): boolean {
  return packet === 'message' && (type === 'ACK' || type === 'BINARY_ACK');
}

function tellsSuccess(value: unknown): boolean {
  if (!isObject(value) || tellsFailure(value)) return false;
  const { status, ok, success } = value;
  return (typeof status === 'string' && GOOD_STATUS.has(status)) || ok === true || success === true;
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
