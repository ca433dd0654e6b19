import { Broken } from '../reader';
import { type Format, type Item, isContainer, type Measure } from './item';

/**
 * Containers and tags within each other beyond this are not followed: no message needs as many, and each one that is
 * looked into is read again for every level above it.
 */
export const MAX_NESTING = 1_000;

/**
 * The offset after the item that begins at `at`, with all that is nested in it. Iterative, so nesting costs no call
 * stack. Throws {@link Broken}.
 */
export function skipItem(format: Format, bytes: Uint8Array, at: number): number {
  const left: number[] = [];
  const item: Measure = { end: at, items: 0, container: false };
  let i = at;
  do {
    format.measure(bytes, i, item);
    i = item.end;
    if (item.container && left.push(item.items) > MAX_NESTING) throw tooDeep(i);
    if (!item.container) count(left);
    for (let top = left.at(-1); top !== undefined; top = left.at(-1)) {
      if (top === Number.POSITIVE_INFINITY && format.isBreak(bytes, i)) i++;
      else if (top > 0) break;
      left.pop();
      count(left);
    }
  } while (left.length > 0);
  return i;
}

/** Thrown where an item is within too many others: `at` is where reading stops. */
export function tooDeep(at: number): Broken {
  return new Broken(`nested deeper than ${MAX_NESTING}`, at);
}

function count(left: number[]): void {
  const top = left.length - 1;
  if (top >= 0) left[top] = (left[top] as number) - 1;
}

interface Frame {
  item: Item;
  left: number;
  values: unknown[];
}

/**
 * The plain value of the item that begins at `at`: maps as objects where every key is a string or number, else `Map`.
 * Integers beyond 2^53 are `bigint`, smaller ones numbers. Iterative. Throws {@link Broken}.
 */
export function itemValue(format: Format, bytes: Uint8Array, at: number): unknown {
  const frames: Frame[] = [];
  let i = at;
  for (;;) {
    const item = format.item(bytes, i);
    i = item.end;
    if (isContainer(item)) frames.push({ item, left: item.items, values: [] });
    else if (!give(frames, item.value())) return item.value();
    for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
      if (top.left === Number.POSITIVE_INFINITY && format.isBreak(bytes, i)) i++;
      else if (top.left > 0) break;
      frames.pop();
      const value = finished(format, top);
      if (!give(frames, value)) return value;
    }
  }
}

/** Puts a value into the innermost container; false if there is none. */
function give(frames: Frame[], value: unknown): boolean {
  const top = frames.at(-1);
  if (top === undefined) return false;
  top.values.push(value);
  top.left--;
  return true;
}

function finished(format: Format, { item, values }: Frame): unknown {
  if (item.type === 'array') return values;
  if (item.type === 'tag') return format.tagged(item.tag ?? 0, values[0]);
  const entries: [unknown, unknown][] = [];
  for (let i = 0; i + 1 < values.length; i += 2) entries.push([values[i], values[i + 1]]);
  return entries.every(([key]) => typeof key === 'string' || typeof key === 'number')
    ? Object.fromEntries(entries)
    : new Map(entries);
}

/** A direct member of a container, as byte offsets. */
export interface Member {
  index: number;
  /** Offset of a map member's key; the same as `start` in arrays. */
  key: number;
  start: number;
  /** Where the value ends, or where reading stopped. */
  end: number;
  broken?: Broken;
}

/**
 * The direct members of a container whose header is `item`, from `mark` on if it is given. Where input is broken, the
 * last member given is `broken`.
 */
export function* membersOf(format: Format, bytes: Uint8Array, item: Item, mark?: Member): Generator<Member, void> {
  const map = item.type === 'map';
  const count = map ? item.items / 2 : item.items;
  let at = mark ? mark.key : item.end;
  for (let index = mark ? mark.index : 0; index < count; index++) {
    if (count === Number.POSITIVE_INFINITY && format.isBreak(bytes, at)) return;
    const member: Member = { index, key: at, start: at, end: at };
    try {
      if (map) member.start = skipItem(format, bytes, at);
      member.end = skipItem(format, bytes, member.start);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      yield { ...member, end: error.at, broken: error };
      return;
    }
    yield member;
    at = member.end;
  }
}
