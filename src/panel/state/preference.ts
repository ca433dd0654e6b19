import { effect, type Signal, signal } from '@preact/signals';

/** Where preferences are kept: `localStorage`, or a fake. */
export type PreferenceStorage = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * A signal that is remembered. What is stored may be of another version or damaged: `parse` gives the value that it
 * stands for, or `undefined` for the initial one.
 */
export function preference<T>(
  storage: PreferenceStorage,
  key: string,
  initial: T,
  parse: (stored: unknown) => T | undefined,
): Signal<T> {
  const name = `framescope.${key}`;
  const value = signal(parse(read(storage, name)) ?? initial);
  let first = true;
  effect(() => {
    const text = JSON.stringify(value.value);
    if (!first) write(storage, name, text);
    first = false;
  });
  return value;
}

function read(storage: PreferenceStorage, name: string): unknown {
  try {
    return JSON.parse(storage.getItem(name) ?? 'null');
  } catch {
    // Damaged or forbidden: the initial value is as good as any.
    return null;
  }
}

function write(storage: PreferenceStorage, name: string, text: string): void {
  try {
    storage.setItem(name, text);
  } catch {
    // Storage is full or forbidden: the preference holds until the panel is closed.
  }
}

/** Takes booleans only. */
export function asBoolean(stored: unknown): boolean | undefined {
  return typeof stored === 'boolean' ? stored : undefined;
}

/** Takes a number within bounds only. */
export function asNumberWithin(low: number, high: number): (stored: unknown) => number | undefined {
  return (stored) => (typeof stored === 'number' && stored >= low && stored <= high ? stored : undefined);
}

/** Takes one of the words given only. */
export function asOneOf<T extends string>(...values: T[]): (stored: unknown) => T | undefined {
  return (stored) => values.find((value) => value === stored);
}
