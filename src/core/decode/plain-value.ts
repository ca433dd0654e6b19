/** What a copy holds at most. */
export const PLAIN_LIMITS = {
  /** Values, members and items together. */
  values: 20_000,
  /** UTF-16 units of text and bytes of binary data together. */
  size: 4 << 20,
  depth: 64,
  /** Bits of an integer: to write out more digits takes long. */
  bits: 4096,
} as const;

const MOST_INTEGER = 1n << BigInt(PLAIN_LIMITS.bits);

/** A copy. */
export interface Plain {
  value: unknown;
  /** What it lacks, in words for the user; `null` if it is whole. */
  left: string | null;
  /** About how many bytes it takes in memory. */
  size: number;
}

interface Budget {
  values: number;
  size: number;
  left: string | null;
}

/**
 * Copies any value, however hostile, to one of plain data: what `JSON.parse` gives, and bigint, `undefined`, `Date`, `Map`
 * and `Uint8Array`. Getters and traps are called and may throw; cycles, functions and what cannot be read become words
 * in brackets. It does not end if a getter does not.
 */
export function plainValue(value: unknown): Plain {
  const budget: Budget = { values: PLAIN_LIMITS.values, size: PLAIN_LIMITS.size, left: null };
  const copied = copy(value, [], budget);
  const { values, size } = PLAIN_LIMITS;
  return { value: copied, left: budget.left, size: (values - budget.values) * 32 + (size - budget.size) * 2 };
}

function copy(value: unknown, above: object[], budget: Budget): unknown {
  budget.values--;
  switch (typeof value) {
    case 'string':
      return takeText(value, budget);
    case 'bigint':
      return value < MOST_INTEGER && value > -MOST_INTEGER
        ? value
        : `[an integer of more than ${PLAIN_LIMITS.bits} bits]`;
    case 'function':
    case 'symbol':
      return `[${typeof value}]`;
    case 'object':
      if (value === null) return null;
      if (above.includes(value)) return '[circular]';
      if (above.length >= PLAIN_LIMITS.depth) return tooMuch(budget, `deeper than ${PLAIN_LIMITS.depth}`);
      try {
        return copyObject(value, [...above, value], budget);
      } catch (error) {
        return unreadable(error);
      }
    default:
      return value;
  }
}

function copyObject(value: object, above: object[], budget: Budget): unknown {
  if (Array.isArray(value)) return copyItems(value.length, (i) => value[i], above, budget);
  if (value instanceof Date) return new Date(Date.prototype.getTime.call(value));
  if (ArrayBuffer.isView(value)) return takeBytes(value.buffer, value.byteOffset, value.byteLength, budget);
  if (value instanceof ArrayBuffer) return takeBytes(value, 0, value.byteLength, budget);
  if (value instanceof Error) return takeText(`[${value.name}: ${value.message}]`, budget);
  if (value instanceof Map) {
    const pairs = takeSome(value, value.size, budget);
    return new Map(pairs.map(([key, item]) => [copy(key, above, budget), copy(item, above, budget)]));
  }
  if (value instanceof Set) {
    const items = takeSome(value, value.size, budget);
    return copyItems(items.length, (i) => items[i], above, budget);
  }
  const members: [string, unknown][] = [];
  for (const name of Object.keys(value)) {
    if (budget.values <= 0) {
      tooMuch(budget, `more than ${PLAIN_LIMITS.values} values`);
      break;
    }
    const key = takeText(name, budget);
    members.push([key, read(() => copy((value as Record<string, unknown>)[name], above, budget))]);
  }
  // Defines members: one called `__proto__` is a member like any other.
  return Object.fromEntries(members);
}

function copyItems(length: number, at: (index: number) => unknown, above: object[], budget: Budget): unknown[] {
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) {
    if (budget.values <= 0) {
      tooMuch(budget, `more than ${PLAIN_LIMITS.values} values`);
      break;
    }
    items.push(read(() => copy(at(i), above, budget)));
  }
  return items;
}

/** The first elements of something iterable, as many as may be copied. */
function takeSome<T>(values: Iterable<T>, size: number, budget: Budget): T[] {
  if (size > budget.values) tooMuch(budget, `more than ${PLAIN_LIMITS.values} values`);
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length >= budget.values) break;
    taken.push(value);
  }
  return taken;
}

function takeText(text: string, budget: Budget): string {
  const taken = text.length <= budget.size ? text : text.slice(0, Math.max(0, budget.size));
  if (taken.length < text.length) tooMuch(budget, `more than ${PLAIN_LIMITS.size >> 20} MiB`);
  budget.size -= taken.length;
  return taken;
}

function takeBytes(buffer: ArrayBufferLike, from: number, length: number, budget: Budget): Uint8Array {
  const taken = Math.max(0, Math.min(length, budget.size));
  if (taken < length) tooMuch(budget, `more than ${PLAIN_LIMITS.size >> 20} MiB`);
  budget.size -= taken;
  return new Uint8Array(buffer, from, taken).slice();
}

function tooMuch(budget: Budget, what: string): string {
  budget.left ??= `The result is ${what}: the rest was left out`;
  return '[left out]';
}

function read(value: () => unknown): unknown {
  try {
    return value();
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): string {
  return `[cannot be read: ${errorText(error).slice(0, 200)}]`;
}

/** What something thrown says, whatever it is; its own code may run and throw. */
export function errorText(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    // It throws when it is asked what it is: there is nothing to say of it.
    return 'something that cannot be read';
  }
}
