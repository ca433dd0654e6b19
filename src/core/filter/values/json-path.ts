/** One step of a path. `deep` looks at every depth below; `any` at every child. */
export type PathStep =
  | { type: 'key'; key: string; deep: boolean }
  | { type: 'index'; index: number; deep: boolean }
  | { type: 'any'; deep: boolean };

const STEP = /(\.\.?)(\*|[^\s.[\]:()"']+)|(\.\.)?\[(?:(\*)|(-?\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]/y;

/** Nothing below this depth is looked at by `..`, whatever the decoder built. */
const DEEPEST = 200;

/**
 * Reads a JSON path in the manner of RFC 9535, a part of it: `$`, `.key`, `["key"]`, `[0]`, `[-1]`, `[*]`, `.*`, `..key`.
 * @returns `null` when `text` is not one
 */
export function parsePath(text: string): PathStep[] | null {
  if (text[0] !== '$') return null;
  const steps: PathStep[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text);
    if (!found) return null;
    const [, dots, name, bracketDots, anyIndex, index, double, single] = found;
    const deep = (dots ?? bracketDots) === '..';
    if (anyIndex !== undefined || name === '*') steps.push({ type: 'any', deep });
    else if (index !== undefined) steps.push({ type: 'index', index: Number(index), deep });
    else steps.push({ type: 'key', key: name ?? unescaped(double ?? single), deep });
  }
  return steps;
}

/** The path that leads through `keys`, as it is written in a query. Numbers are indices. */
export function printPath(keys: (string | number)[]): string {
  let path = '$';
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`;
    else if (/^[^\s.[\]:()"'*][^\s.[\]:()"']*$/.test(key)) path += `.${key}`;
    else path += `["${key.replace(/["\\]/g, '\\$&')}"]`;
  }
  return path;
}

/**
 * The keys that lead from a value through members of these names, as a tree shows them: in an array they are places.
 * @returns them and where they lead; `null` where there is no such member
 */
export function keysThrough(
  root: unknown,
  names: readonly string[],
): { keys: (string | number)[]; value: unknown } | null {
  let value = root;
  const keys: (string | number)[] = [];
  for (const name of names) {
    if (typeof value !== 'object' || value === null) return null;
    const key = Array.isArray(value) && /^\d+$/.test(name) ? Number(name) : name;
    keys.push(key);
    value = childOf(value, key);
  }
  return value === undefined ? null : { keys, value };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

/** Whether any value that the path leads to passes `test`. A value of `undefined` is none. */
export function somePath(root: unknown, steps: PathStep[], test: (value: unknown) => boolean): boolean {
  return some(root, steps, 0, test, 0);
}

function some(
  value: unknown,
  steps: PathStep[],
  at: number,
  test: (value: unknown) => boolean,
  depth: number,
): boolean {
  if (value === undefined) return false;
  if (at === steps.length) return test(value);
  if (typeof value !== 'object' || value === null) return false;
  const step = steps[at];
  if (step.type === 'any') {
    if (someChild(value, (child) => some(child, steps, at + 1, test, depth + 1))) return true;
  } else if (some(childOf(value, step.type === 'key' ? step.key : step.index), steps, at + 1, test, depth + 1)) {
    return true;
  }
  return step.deep && depth < DEEPEST && someChild(value, (child) => some(child, steps, at, test, depth + 1));
}

/** An own member only: a page may send `__proto__`. */
export function childOf(value: object, key: string | number): unknown {
  if (Array.isArray(value)) {
    if (typeof key === 'number') return value.at(key);
    return key === 'length' ? undefined : value[indexOf(key)];
  }
  if (value instanceof Map)
    return value.has(key) ? value.get(key) : value.get(typeof key === 'number' ? String(key) : Number(key));
  return Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
}

function indexOf(key: string): number {
  return /^\d+$/.test(key) ? Number(key) : -1;
}

function someChild(value: object, test: (child: unknown) => boolean): boolean {
  if (Array.isArray(value)) return value.some(test);
  if (value instanceof Map) {
    for (const child of value.values()) if (test(child)) return true;
    return false;
  }
  if (ArrayBuffer.isView(value)) return false;
  for (const key in value) {
    if (Object.hasOwn(value, key) && test((value as Record<string, unknown>)[key])) return true;
  }
  return false;
}
