import { Broken } from '../reader';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A direct member of an object or array, as byte offsets. */
export interface Member {
  index: number;
  /** Offsets of the name's string with its quotes; -1 in arrays. */
  nameStart: number;
  nameEnd: number;
  start: number;
  /** Where the value ends; where reading stopped if it is `broken`. */
  end: number;
  broken?: Broken;
}

/** The offset of the first byte from `at` on that is not white space. RFC 8259 §2. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    const c = bytes[i];
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return i;
    i++;
  }
}

/** The offset after the string whose opening quote is at `at`. RFC 8259 §7. Throws {@link Broken}. */
export function skipString(bytes: Uint8Array, at: number): number {
  const length = bytes.length;
  for (let i = at + 1; i < length; i++) {
    const c = bytes[i] as number;
    if (c === QUOTE) return i + 1;
    if (c < 0x20) throw new Broken('control character in a string', i);
    if (c === BACKSLASH) i = skipEscape(bytes, i);
  }
  throw new Broken('the text ends within a string', length);
}

/** The offset of the last byte of the escape that begins at `at`. */
function skipEscape(bytes: Uint8Array, at: number): number {
  const c = bytes[at + 1];
  if (c === undefined) throw new Broken('the text ends within a string', bytes.length);
  if (c !== 0x75) {
    if (!'"\\/bfnrt'.includes(String.fromCharCode(c))) throw new Broken('unknown escape in a string', at);
    return at + 1;
  }
  for (let i = at + 2; i < at + 6; i++) {
    const digit = bytes[i];
    if (digit === undefined) throw new Broken('the text ends within a string', bytes.length);
    if (!isHex(digit)) throw new Broken('\\u needs four hex digits', at);
  }
  return at + 5;
}

function isHex(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}

/**
 * The offset after the value that begins at or after `at` (leading white space is skipped). RFC 8259.
 * Iterative, so nesting costs no call stack. Throws {@link Broken} where the text is not JSON.
 */
export function skipValue(bytes: Uint8Array, at: number): number {
  const closers: number[] = [];
  let i = at;
  for (;;) {
    i = skipSpace(bytes, i);
    const c = bytes[i];
    if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      const closer = c + 2;
      i = skipSpace(bytes, i + 1);
      if (bytes[i] !== closer) {
        closers.push(closer);
        if (c === OPEN_OBJECT) i = skipName(bytes, i);
        continue;
      }
      i++;
    } else i = c === QUOTE ? skipString(bytes, i) : skipWord(bytes, i);
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) return i;
      i = skipSpace(bytes, i);
      if (bytes[i] === COMMA) {
        i = skipSpace(bytes, i + 1);
        if (closer === CLOSE_OBJECT) i = skipName(bytes, i);
        break;
      }
      if (bytes[i] !== closer) throw missing(bytes, i, `"," or "${String.fromCharCode(closer)}"`);
      closers.pop();
      i++;
    }
  }
}

function missing(bytes: Uint8Array, at: number, what: string): Broken {
  return new Broken(at >= bytes.length ? `the text ends where ${what} is expected` : `${what} expected`, at);
}

/** Offset after a member's name and colon. */
function skipName(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) throw missing(bytes, at, 'a name in quotes');
  const colon = skipSpace(bytes, skipString(bytes, at));
  if (bytes[colon] !== COLON) throw missing(bytes, colon, '":"');
  return colon + 1;
}

/** Offset after a number, `true`, `false` or `null`. RFC 8259 §3, §6. */
function skipWord(bytes: Uint8Array, at: number): number {
  const c = bytes[at];
  if (c === 0x2d || (c !== undefined && c >= 0x30 && c <= 0x39)) return skipNumber(bytes, at);
  const word = c === 0x74 ? 'true' : c === 0x66 ? 'false' : c === 0x6e ? 'null' : '';
  if (word === '') throw missing(bytes, at, 'a value');
  for (let i = 0; i < word.length; i++) {
    if (bytes[at + i] !== word.charCodeAt(i)) throw missing(bytes, at + i, word);
  }
  return at + word.length;
}

function skipNumber(bytes: Uint8Array, at: number): number {
  let i = bytes[at] === 0x2d ? at + 1 : at;
  i = bytes[i] === 0x30 ? i + 1 : skipDigits(bytes, i);
  if (bytes[i] === 0x2e) i = skipDigits(bytes, i + 1);
  if (bytes[i] === 0x65 || bytes[i] === 0x45) {
    i++;
    if (bytes[i] === 0x2b || bytes[i] === 0x2d) i++;
    i = skipDigits(bytes, i);
  }
  return i;
}

function skipDigits(bytes: Uint8Array, at: number): number {
  let i = at;
  for (let c = bytes[i]; c !== undefined && c >= 0x30 && c <= 0x39; c = bytes[i]) i++;
  if (i === at) throw missing(bytes, at, 'a digit');
  return i;
}

/**
 * The direct members of the object or array that begins at `at`, one at a time. Where the text is broken, the last
 * member given is `broken`; after it nothing follows.
 */
export function* membersAt(bytes: Uint8Array, at: number): Generator<Member, void> {
  const object = isObject(bytes, at);
  const first = skipSpace(bytes, at + 1);
  if (bytes[first] !== (object ? CLOSE_OBJECT : CLOSE_ARRAY)) {
    yield* membersFrom(bytes, { index: 0, nameStart: first, start: first }, object);
  }
}

/** As {@link membersAt}, from a member on that was given before; it is read again. */
export function* membersFrom(
  bytes: Uint8Array,
  first: Pick<Member, 'index' | 'nameStart' | 'start'>,
  object: boolean,
): Generator<Member, void> {
  const closer = object ? CLOSE_OBJECT : CLOSE_ARRAY;
  let i = object ? first.nameStart : first.start;
  for (let index = first.index; ; index++) {
    const member: Member = { index, nameStart: -1, nameEnd: -1, start: i, end: i };
    try {
      readMember(bytes, i, object, member);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      yield { ...member, start: Math.min(member.start, bytes.length), end: error.at, broken: error };
      return;
    }
    yield member;
    i = skipSpace(bytes, member.end);
    if (bytes[i] === closer) return;
    if (bytes[i] !== COMMA) {
      const broken = missing(bytes, i, `"," or "${String.fromCharCode(closer)}"`);
      yield { index: index + 1, nameStart: -1, nameEnd: -1, start: i, end: i, broken };
      return;
    }
    i = skipSpace(bytes, i + 1);
  }
}

function readMember(bytes: Uint8Array, at: number, object: boolean, member: Member): void {
  let value = at;
  if (object) {
    member.nameStart = at;
    value = skipName(bytes, at);
    member.nameEnd = skipString(bytes, at);
  }
  member.start = skipSpace(bytes, value);
  member.end = skipValue(bytes, member.start);
}

/** Whether an object or array begins at `at`. */
export function isContainer(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === OPEN_OBJECT || bytes[at] === OPEN_ARRAY;
}

/** Whether an object begins at `at`. */
export function isObject(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === OPEN_OBJECT;
}
