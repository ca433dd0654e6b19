import { utf8 } from '../reader';
import { isObject, membersAt, type Member } from './scan';

/** 16 digits in a row can be an integer beyond 2^53: then `JSON.parse` would round it. */
const LONG_NUMBER = /\d{16}/;

/**
 * The value of valid JSON between two byte offsets, as `JSON.parse` gives it, but integers beyond 2^53 are `bigint`.
 *
 * @throws SyntaxError where the text is not JSON; `skipValue` tells that beforehand
 */
export function jsonValue(bytes: Uint8Array, start: number, end: number): unknown {
  const text = utf8(bytes.subarray(start, end));
  return LONG_NUMBER.test(text) ? exactValue(bytes.subarray(0, end), start) : JSON.parse(text);
}

interface Open {
  members: Generator<Member, void>;
  put(member: Member, value: unknown): void;
}

/** Depth first with a stack of its own, so nesting costs no call stack. */
function exactValue(bytes: Uint8Array, start: number): unknown {
  const stack: Open[] = [];
  let result: unknown;
  const visit = (at: number, end: number): unknown => {
    const c = bytes[at];
    if (c === 0x7b || c === 0x5b) {
      const container = isObject(bytes, at) ? openObject(bytes, at) : openArray(bytes, at);
      stack.push(container.open);
      return container.value;
    }
    return scalar(utf8(bytes.subarray(at, end)));
  };
  result = visit(start, bytes.length);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.members.next();
    if (next.done) stack.pop();
    else top.put(next.value, visit(next.value.start, next.value.end));
  }
  return result;
}

function openArray(bytes: Uint8Array, at: number): { value: unknown[]; open: Open } {
  const value: unknown[] = [];
  return { value, open: { members: membersAt(bytes, at), put: (_, item) => value.push(item) } };
}

function openObject(bytes: Uint8Array, at: number): { value: Record<string, unknown>; open: Open } {
  const value: Record<string, unknown> = {};
  const put = (member: Member, item: unknown): void => {
    const name = String(JSON.parse(utf8(bytes.subarray(member.nameStart, member.nameEnd))));
    // As JSON.parse does: `__proto__` is a name like any other.
    Object.defineProperty(value, name, { value: item, enumerable: true, writable: true, configurable: true });
  };
  return { value, open: { members: membersAt(bytes, at), put } };
}

function scalar(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'number' && /^\s*-?\d+\s*$/.test(text) && !Number.isSafeInteger(value)) return BigInt(text.trim());
  return value;
}

/** Whether the source text of a JSON number is an integer that a double cannot hold exactly. */
export function isLongInteger(text: string): boolean {
  return /^-?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text));
}
