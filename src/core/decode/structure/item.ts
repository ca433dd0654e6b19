import type { NodeType } from '../types';

/** One item of a self-describing binary format, as far as its own header tells: a leaf whole, a container's beginning. */
export interface Item {
  /** `map` and `array` have members, `tag` has one item that it qualifies; all else are leaves. */
  type: 'map' | 'array' | 'tag' | Exclude<NodeType, 'object' | 'array' | 'map' | 'field' | 'error'>;
  /** Offset after the header of a container, after the whole of a leaf. */
  end: number;
  /** Items nested in a container (two for each member of a map); `Infinity` where a break ends it; 0 for a leaf. */
  items: number;
  /** The plain value of a leaf; what a tag is called. */
  value: () => unknown;
  /** Words to show beside the value. */
  note?: string;
  /** Number of a tag. */
  tag?: number | bigint;
}

/** Where an item ends and what is nested in it, without its value; see {@link Item}. */
export interface Measure {
  end: number;
  items: number;
  container: boolean;
}

/** How a format is read: the rest is the same for all of them. */
export interface Format {
  /** The item that begins at `at`. Throws `Broken`. */
  item(bytes: Uint8Array, at: number): Item;
  /** The same without a value, written to `into`: to pass millions of items nothing must be allocated for each. */
  measure(bytes: Uint8Array, at: number, into: Measure): void;
  /** Whether the break that ends a container of unknown length is at `at`; it is one byte long. */
  isBreak(bytes: Uint8Array, at: number): boolean;
  /** The value that a tag makes of its item's value. */
  tagged(tag: number | bigint, value: unknown): unknown;
}

/** Whether items follow that belong to it. */
export function isContainer({ type }: Item): boolean {
  return type === 'map' || type === 'array' || type === 'tag';
}

/** Writes what a whole item tells to `into`. */
export function measureItem(item: Item, into: Measure): void {
  into.end = item.end;
  into.items = item.items;
  into.container = isContainer(item);
}
