import { attempt, type Problem } from '../reader';
import { branch, errorNode } from '../tree';
import type { DecodedNode } from '../types';
import { jsonNode } from './nodes';
import { isContainer, skipSpace, skipValue } from './scan';
import { jsonValue } from './value';

/** JSON found within a payload. */
export interface JsonReading {
  /** The lazy tree, with byte offsets into the payload; of broken text what could be read. */
  node: DecodedNode;
  /**
   * The value, made once, when first asked for; `undefined` where the text is broken. Integers beyond 2^53 are `bigint`.
   */
  value: () => unknown;
  /** Offset of the first byte of the value. */
  start: number;
  /** Offset after the value, where reading stopped if it is broken. */
  end: number;
  problem?: Problem;
}

/**
 * Reads one JSON value from `start` on. Protocols that carry JSON begin with this.
 *
 * @param end offset up to which bytes belong to it; what follows the value before `end` is a problem, except white space
 */
export function readJson(payload: Uint8Array, start = 0, end = payload.length, name = ''): JsonReading {
  const bytes = end === payload.length ? payload : payload.subarray(0, end);
  const from = skipSpace(bytes, start);
  let stop = from;
  const broken = attempt(() => {
    stop = skipValue(bytes, from);
  });
  if (broken) {
    const node = isContainer(bytes, from)
      ? jsonNode(name, bytes, from, bytes.length)
      : branch(name, 'error', broken.message, [errorNode(broken.message, broken.at)]);
    return { node, value: () => undefined, start: from, end: broken.at, problem: broken };
  }
  const rest = skipSpace(bytes, stop);
  const reading: JsonReading = {
    node: jsonNode(name, bytes, from, stop),
    value: once(() => jsonValue(bytes, from, stop)),
    start: from,
    end: stop,
  };
  if (rest < bytes.length) reading.problem = { message: 'more after the end of the JSON value', at: rest };
  return reading;
}

function once(make: () => unknown): () => unknown {
  let made: { value: unknown } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Whether `value` is a plain object, as opposed to an array, `null` or a scalar. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
