import type { Decoded, DecodedNode, NodeType } from './types';

/**
 * What decoders give is bounded by these, whatever the input.
 * Lengths of text are UTF-16 units.
 */
export const LIMITS = {
  /** A summary is one line of a row. */
  summary: 300,
  /** A kind is a word in a side list. */
  kind: 80,
  /** A value within another one's preview. */
  preview: 120,
  /** More children than this are put into groups, so that a list never has to draw a million of them. */
  group: 1000,
  /** Nesting that recursive walkers follow; below it a node says so. */
  depth: 64,
} as const;

/** Bytes from `start` to before `end` of the payload. */
export interface Range {
  start: number;
  end: number;
}

/** What a node may have beside its name, type and value. */
export type NodeExtra = Partial<Omit<DecodedNode, 'name' | 'type' | 'value'>>;

/** A leaf. `value` is shown whole, so it is not cut here. */
export function leaf(name: string, type: NodeType, value: string, extra?: NodeExtra): DecodedNode {
  return { name, type, value, ...extra };
}

/**
 * A node with children: a list that is at hand, or a function that makes it when asked for.
 * A list longer than `LIMITS.group` is shown as groups.
 */
export function branch(
  name: string,
  type: NodeType,
  value: string,
  children: DecodedNode[] | (() => DecodedNode[]),
  extra?: NodeExtra,
): DecodedNode {
  const list = typeof children === 'function' ? children : () => children;
  return { name, type, value, ...extra, children: () => grouped(list()) };
}

/** A leaf for something that could not be read. */
export function errorNode(message: string, at: number): DecodedNode {
  return { name: '', type: 'error', value: message, start: at, end: at };
}

/** A leaf of bytes: the value is their number and a short hex preview, `bytes` the bytes themselves. */
export function bytesNode(name: string, bytes: Uint8Array, extra?: NodeExtra): DecodedNode {
  return { name, type: 'bytes', value: previewBytes(bytes), bytes, ...extra };
}

/**
 * A node of a plain value (as `JSON.parse` or a codec gives it: also bigint, bytes, Date and Map), whose children
 * are made when asked for. Cyclic values are fine: nothing is walked ahead.
 */
export function nodeOfValue(name: string, value: unknown, extra?: NodeExtra): DecodedNode {
  switch (typeof value) {
    case 'string':
      return leaf(name, 'string', value, extra);
    case 'number':
      return leaf(name, 'number', Object.is(value, -0) ? '-0' : String(value), extra);
    case 'bigint':
      return leaf(name, 'bigint', String(value), extra);
    case 'boolean':
      return leaf(name, 'boolean', String(value), extra);
    case 'undefined':
      return leaf(name, 'undefined', 'undefined', extra);
    case 'object':
      return nodeOfObject(name, value, extra);
    default:
      return leaf(name, 'undefined', typeof value, extra);
  }
}

function nodeOfObject(name: string, value: object | null, extra?: NodeExtra): DecodedNode {
  if (value === null) return leaf(name, 'null', 'null', extra);
  if (value instanceof Uint8Array) return bytesNode(name, value, extra);
  if (value instanceof Date) {
    return leaf(name, 'date', Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString(), extra);
  }
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    return branch(
      name,
      'array',
      itemCount(list.length),
      () => list.map((item, i) => nodeOfValue(String(i), item)),
      extra,
    );
  }
  const entries = () => (value instanceof Map ? [...value.entries()] : Object.entries(value));
  return branch(
    name,
    value instanceof Map ? 'map' : 'object',
    previewValue(value, LIMITS.preview),
    () => entries().map(([key, item]) => nodeOfValue(previewKey(key), item)),
    extra,
  );
}

/** The same node with words beside its children, by the child's name. Children stay lazy. */
export function annotated(node: DecodedNode, notes: Record<string, string>): DecodedNode {
  const { children } = node;
  if (children === undefined) return node;
  const noted = (child: DecodedNode): DecodedNode =>
    Object.hasOwn(notes, child.name) && notes[child.name] !== undefined
      ? { ...child, note: notes[child.name] as string }
      : child;
  return { ...node, children: () => children().map(noted) };
}

/** The same node without byte offsets, for what was decoded from other bytes than the payload. Children stay lazy. */
export function detached(node: DecodedNode): DecodedNode {
  const { children } = node;
  const { start: _start, end: _end, ...rest } = node;
  return children ? { ...rest, children: () => children().map(detached) } : rest;
}

/** Children in groups of `LIMITS.group` if there are more than that; the same list otherwise. */
export function grouped(children: DecodedNode[]): DecodedNode[] {
  if (children.length <= LIMITS.group) return children;
  const groups: DecodedNode[] = [];
  const size = LIMITS.group ** Math.max(1, Math.ceil(Math.log(children.length) / Math.log(LIMITS.group)) - 1);
  for (let from = 0; from < children.length; from += size) {
    const part = children.slice(from, from + size);
    groups.push(groupNode(from, from + part.length - 1, () => grouped(part)));
  }
  return groups;
}

/** A stretch of a long list, from its first to its last place. */
export function groupNode(first: number, last: number, children: () => DecodedNode[], extra?: NodeExtra): DecodedNode {
  return {
    name: `${first} … ${last}`,
    type: 'array',
    value: itemCount(last - first + 1),
    group: true,
    ...extra,
    children,
  };
}

/** `1 item`, `3 items`. */
export function itemCount(count: number): string {
  return count === 1 ? '1 item' : `${count} items`;
}

/** `text`, or its beginning and an ellipsis where it is longer than `max` UTF-16 units. Never splits a surrogate pair. */
export function cut(text: string, max: number = LIMITS.summary): string {
  if (text.length <= max) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}

/** One line: control characters and line breaks become spaces; cut at `max`. */
export function oneLine(text: string, max: number = LIMITS.summary): string {
  return cut(
    text
      .slice(0, max * 2)
      .replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ')
      .trim(),
    max,
  );
}

/** A kind, such as `event:trade`: one line, short. */
export function kindOf(text: string): string {
  return oneLine(text, LIMITS.kind);
}

/** `12 bytes: 01 02 …`; at most 16 bytes are shown. */
export function previewBytes(bytes: Uint8Array): string {
  const shown = hex(bytes.subarray(0, 16));
  const count = bytes.length === 1 ? '1 byte' : `${bytes.length} bytes`;
  return bytes.length === 0 ? '0 bytes' : `${count}: ${shown}${bytes.length > 16 ? ' …' : ''}`;
}

/** Hex pairs with spaces between. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/**
 * A value in one line, like `{a: 1, b: [2 items]}`, at most `max` UTF-16 units. Two levels deep and a few members
 * wide, so its cost does not grow with the value.
 */
export function previewValue(value: unknown, max: number = LIMITS.preview): string {
  return oneLine(preview(value, max, 2), max);
}

function preview(value: unknown, max: number, depth: number): string {
  if (typeof value === 'string') return `"${cut(value, max)}"`;
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'function' : String(value);
  if (value instanceof Uint8Array) return previewBytes(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  const parts: string[] = [];
  let left = max;
  const add = (part: string): boolean => {
    parts.push(part);
    left -= part.length + 2;
    return left > 0;
  };
  if (Array.isArray(value)) {
    if (depth === 0) return `[${itemCount(value.length)}]`;
    for (const item of value.slice(0, 32)) if (!add(preview(item, left, depth - 1))) break;
    return `[${parts.join(', ')}${parts.length < value.length ? ', …' : ''}]`;
  }
  let more = false;
  for (const [key, item] of members(value)) {
    if (left <= 0 || depth === 0) {
      more = true;
      break;
    }
    add(`${previewKey(key)}: ${preview(item, left, depth - 1)}`);
  }
  if (more) parts.push('…');
  return `{${parts.join(', ')}}`;
}

function* members(value: object): Generator<[unknown, unknown]> {
  if (value instanceof Map) {
    yield* value.entries();
    return;
  }
  for (const key in value) if (Object.hasOwn(value, key)) yield [key, (value as Record<string, unknown>)[key]];
}

function previewKey(key: unknown): string {
  return typeof key === 'string' ? key : previewValue(key, 40);
}

/**
 * A `Decoded` for input that is not what the decoder reads: the tree holds what was read before `at`, then the error.
 *
 * @param message what could not be read, in words for the user
 * @param at byte offset into the payload where reading stopped
 */
export function unreadable(message: string, at: number, read: DecodedNode[] = []): Decoded {
  return {
    tree: branch('', 'object', message, [...read, errorNode(message, at)]),
    summary: oneLine(message),
    kind: '',
    problem: { message, at },
  };
}
