import { walkedNodes } from '../groups';
import { Broken } from '../reader';
import { cut, itemCount, LIMITS, leaf, nodeOfValue, previewValue } from '../tree';
import type { DecodedNode } from '../types';
import type { Format, Item } from './item';
import { MAX_NESTING, type Member, membersOf, skipItem, tooDeep } from './walk';

/**
 * The lazy tree of the item that begins at `at`; of broken input what can be read. `end` is where the item ends, or the
 * end of the bytes.
 */
export function itemNode(format: Format, name: string, bytes: Uint8Array, at: number, end: number): DecodedNode {
  const notes: string[] = [];
  let tag: Item | undefined;
  let tags = 0;
  let item = readItem(format, bytes, at);
  let inner = at;
  while (!(item instanceof Broken) && item.type === 'tag') {
    if (notes.length < 4) notes.push(String(item.value()));
    tag = item;
    inner = item.end;
    item = ++tags > MAX_NESTING ? tooDeep(inner) : readItem(format, bytes, inner);
  }
  const range = { start: at, end };
  if (item instanceof Broken) return leaf(name, 'error', item.message, range);
  if (item.note) notes.push(item.note);
  const extra = notes.length > 0 ? { ...range, note: notes.join(', ') } : range;
  if (item.type === 'map' || item.type === 'array') return containerNode(format, name, bytes, inner, item, extra);
  const value = item.value();
  return nodeOfValue(name, tag ? format.tagged(tag.tag ?? 0, value) : value, extra);
}

function readItem(format: Format, bytes: Uint8Array, at: number): Item | Broken {
  try {
    return format.item(bytes, at);
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}

function containerNode(
  format: Format,
  name: string,
  bytes: Uint8Array,
  at: number,
  item: Item,
  extra: { start: number; end: number; note?: string },
): DecodedNode {
  const array = item.type === 'array';
  const count = array && Number.isFinite(item.items) ? `${itemCount(item.items)} ` : '';
  return {
    name,
    type: array ? 'array' : 'map',
    get value() {
      return count + previewItem(format, bytes, at, LIMITS.preview);
    },
    ...extra,
    children: () =>
      walkedNodes<Member>({
        from: (mark) => membersOf(format, bytes, item, mark),
        node: (member) => memberNode(format, bytes, item, member),
        range: (first, next) => (next ? { start: first.key, end: next.key } : {}),
      }),
  };
}

function memberNode(format: Format, bytes: Uint8Array, { type }: Item, member: Member): DecodedNode {
  const { index, key, start, end, broken } = member;
  if (type === 'map' && broken && start === key)
    return leaf(String(index), 'error', broken.message, { start, end: bytes.length });
  const name = type === 'map' ? keyName(format, bytes, key) : String(index);
  return itemNode(format, name, bytes, start, broken ? bytes.length : end);
}

/** The name a map's key gives: a text as it is, anything else as its preview. */
export function keyName(format: Format, bytes: Uint8Array, at: number): string {
  const item = readItem(format, bytes, at);
  if (item instanceof Broken) return '?';
  return item.type === 'string' ? String(item.value()) : previewItem(format, bytes, at, LIMITS.preview);
}

/**
 * An item in one line, like JSON, at most `max` UTF-16 units. A bounded number of members is looked at; broken input
 * ends with an ellipsis.
 */
export function previewItem(format: Format, bytes: Uint8Array, at: number, max: number, depth = 4): string {
  let text = '';
  const item = readItem(format, bytes, at);
  if (item instanceof Broken) return '…';
  if (item.type === 'tag') return depth === 0 ? '…' : previewItem(format, bytes, item.end, max, depth - 1);
  if (item.type !== 'map' && item.type !== 'array') return cut(scalarText(item.value(), max), max);
  const map = item.type === 'map';
  for (const { index, key, start, broken } of membersOf(format, bytes, item)) {
    if (index > 0) text += ',';
    if (text.length >= max || depth === 0 || (map && broken && start === key)) {
      text += '…';
      break;
    }
    if (map) text += `${JSON.stringify(cut(keyName(format, bytes, key), max))}:`;
    text += previewItem(format, bytes, start, Math.max(1, max - text.length), depth - 1);
  }
  return cut(map ? `{${text}}` : `[${text}]`, max);
}

function scalarText(value: unknown, max: number): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, max));
  return previewValue(value, max);
}

/** Offsets of the items that follow each other from `start` on, and what stopped them. Bounded by `most`. */
export function sequenceOf(
  format: Format,
  bytes: Uint8Array,
  start: number,
  most: number,
): { items: { start: number; end: number }[]; broken?: Broken } {
  const items: { start: number; end: number }[] = [];
  for (let at = start; at < bytes.length && items.length < most; ) {
    try {
      const end = skipItem(format, bytes, at);
      items.push({ start: at, end });
      at = end;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return { items: [...items, { start: at, end: bytes.length }], broken: error };
    }
  }
  return { items };
}
