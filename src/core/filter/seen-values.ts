import type { SeenValues } from './terms/term-kind';
import { printPath } from './values/json-path';

const MOST_PATHS = 200;
const MOST_VALUES = 20;
const LONGEST_VALUE = 60;
const DEEPEST = 5;
/** Items of an array that are looked at. */
const MOST_ITEMS = 3;

/** No values seen yet. */
export function noValues(): SeenValues {
  return { connections: [], messageKinds: [], closeCodes: [], json: [] };
}

/**
 * Adds the paths and short values of a decoded frame to what was seen. Bounded: 200 paths, 20 values of each, five levels
 * deep; items of arrays share one path, `$.list[*]`.
 */
export function seeJson(seen: SeenValues, value: unknown): void {
  see(seen, value, [], '$');
}

function see(seen: SeenValues, value: unknown, keys: (string | number)[], path: string): void {
  if (Array.isArray(value)) {
    if (keys.length < DEEPEST)
      for (const item of value.slice(0, MOST_ITEMS)) see(seen, item, [...keys, 0], `${path}[*]`);
  } else if (typeof value === 'object' && value !== null && !(value instanceof Map) && !ArrayBuffer.isView(value)) {
    if (keys.length >= DEEPEST) return;
    for (const key of Object.keys(value)) {
      const below = path + printPath([key]).slice(1);
      if (entry(seen, below)) see(seen, (value as Record<string, unknown>)[key], [...keys, key], below);
    }
  } else if (isPlain(value)) {
    const values = entry(seen, path)?.values;
    if (values && values.length < MOST_VALUES && !values.includes(value)) values.push(value);
  }
}

function entry(seen: SeenValues, path: string): SeenValues['json'][number] | null {
  const known = seen.json.find((each) => each.path === path);
  if (known) return known;
  if (seen.json.length >= MOST_PATHS) return null;
  const added = { path, values: [] };
  seen.json.push(added);
  return added;
}

function isPlain(value: unknown): value is string | number | boolean | null {
  if (typeof value === 'string') return value.length <= LONGEST_VALUE;
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
