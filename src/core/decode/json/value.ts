import { utf8 } from '../reader';
import { skipSpace, skipString, skipValue } from './scan';

/** 16 digits in a row can be an integer beyond 2^53: then `JSON.parse` would round it. */
const LONG_NUMBER = /\d{16}/;

/**
 * The value of valid JSON between two byte offsets, as `JSON.parse` gives it, but integers beyond 2^53 are `bigint`.
 * Nesting costs no call stack. What `skipValue` passes is valid; other text gives a `SyntaxError` or a wrong value.
 */
export function jsonValue(bytes: Uint8Array, start: number, end: number): unknown {
  const text = utf8(bytes.subarray(start, end));
  return LONG_NUMBER.test(text) ? exactValue(bytes.subarray(0, end), start) : JSON.parse(text);
}

/** The text of the JSON string between two byte offsets, quotes included. */
export function jsonString(bytes: Uint8Array, start: number, end: number): string {
  return plainString(bytes, start, end) ?? String(JSON.parse(utf8(bytes.subarray(start, end))));
}

/** Names and words, which most strings are: short, printable ASCII without escapes. `null` for any other. */
function plainString(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start > 34 || end - start < 2) return null;
  let text = '';
  for (let at = start + 1; at < end - 1; at++) {
    const c = bytes[at];
    if (c < 0x20 || c > 0x7e || c === 0x5c || c === 0x22) return null;
    text += String.fromCharCode(c);
  }
  return bytes[start] === 0x22 && bytes[end - 1] === 0x22 ? text : null;
}

/**
 * Whether the source text of a JSON number is an integer that a double would show as another one. Beyond a thousand
 * digits, where `BigInt` would become slow, it is left a number.
 */
export function isLongInteger(text: string): boolean {
  return /^-?\d{16,1000}$/.test(text) && String(Number(text)) !== text;
}

interface Open {
  target: unknown[] | Record<string, unknown>;
  /** Name of the member being read, in objects. */
  name: string;
}

function exactValue(bytes: Uint8Array, start: number): unknown {
  const stack: Open[] = [];
  let i = start;
  for (;;) {
    i = skipSpace(bytes, i);
    const c = bytes[i];
    let value: unknown;
    if (c === 0x7b || c === 0x5b) {
      const open: Open = { target: c === 0x7b ? {} : [], name: '' };
      i = skipSpace(bytes, i + 1);
      if (bytes[i] !== c + 2) {
        stack.push(open);
        i = readName(bytes, i, open);
        continue;
      }
      value = open.target;
      i++;
    } else {
      const end = skipValue(bytes, i);
      value = scalar(utf8(bytes.subarray(i, end)));
      i = end;
    }
    for (;;) {
      const open = stack.at(-1);
      if (open === undefined) return value;
      put(open, value);
      i = skipSpace(bytes, i);
      if (bytes[i] === 0x2c) {
        i = readName(bytes, skipSpace(bytes, i + 1), open);
        break;
      }
      stack.pop();
      value = open.target;
      i++;
    }
  }
}

/** Reads a member's name and colon, in objects; gives the offset of the value. */
function readName(bytes: Uint8Array, at: number, open: Open): number {
  if (Array.isArray(open.target)) return at;
  const end = skipString(bytes, at);
  open.name = jsonString(bytes, at, end);
  return skipSpace(bytes, end) + 1;
}

function put({ target, name }: Open, value: unknown): void {
  if (Array.isArray(target)) target.push(value);
  // As JSON.parse does: `__proto__` is a name like any other.
  else Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

function scalar(text: string): unknown {
  return isLongInteger(text) ? BigInt(text) : JSON.parse(text);
}
