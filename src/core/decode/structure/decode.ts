import type { Broken } from '../reader';
import { arrayKind, objectKind, type Told } from '../shape-kind';
import { share } from '../sniffing';
import { branch, itemCount, LIMITS, oneLine } from '../tree';
import type { Decoded, DecodedNode, Sample } from '../types';
import type { Format, Item } from './item';
import { itemNode, keyName, previewItem, sequenceOf } from './nodes';
import { itemValue, membersOf } from './walk';

/** Items in one message beyond this are not looked for: more would take longer than a row may. */
const SEQUENCE = 1_000;

/** Another format that messages of a connection may have between those of its own. */
interface Other {
  format: Format;
  label: string;
}

/**
 * Decodes a message that is one item, or several in a row. Gives what can be read of broken input.
 * @param other what reads a message that is no single item, where it is exactly a map of that
 */
export function decodeItems(format: Format, payload: Uint8Array, other?: Other): Decoded {
  const { items, broken } = sequenceOf(format, payload, 0, SEQUENCE);
  const [first] = items;
  if (other && (broken || items.length > 1) && isNamedMap(other.format, payload)) {
    const decoded = decodeItems(other.format, payload);
    return { ...decoded, tree: { ...decoded.tree, note: other.label } };
  }
  if (first === undefined) {
    const message = 'an empty message';
    return { tree: branch('', 'array', message, []), summary: '', kind: '', problem: { message, at: 0 } };
  }
  const nodeOf = ({ start, end }: { start: number; end: number }, i: number): DecodedNode =>
    itemNode(format, items.length === 1 ? '' : String(i), payload, start, end);
  const summary = items
    .slice(0, 20)
    .map(({ start }) => previewItem(format, payload, start, LIMITS.summary))
    .join(' ');
  const decoded: Decoded = {
    tree:
      items.length === 1
        ? nodeOf(first, 0)
        : branch('', 'array', itemCount(items.length), () => items.map(nodeOf), { note: 'sequence' }),
    summary: oneLine(summary),
    kind: itemKind(format, payload, first.start),
    json: () => (broken ? undefined : itemsValue(format, payload, items)),
  };
  const end = items.at(-1)!.end;
  if (broken) decoded.problem = { message: broken.message, at: broken.at };
  else if (end < payload.length) decoded.problem = { message: `more than ${SEQUENCE} items`, at: end };
  return decoded;
}

function itemsValue(format: Format, payload: Uint8Array, items: { start: number }[]): unknown {
  const values = items.map(({ start }) => itemValue(format, payload, start));
  return values.length === 1 ? values[0] : values;
}

/** What sort of message an item is; see `objectKind`. Empty for scalars and what cannot be read. */
export function itemKind(format: Format, bytes: Uint8Array, at: number): string {
  const told = tell(format, bytes, at);
  if (told === undefined) return '';
  if (told.item.type === 'map') return objectKind(toldMembers(format, bytes, told.item));
  if (told.item.type !== 'array') return '';
  const { value: first } = membersOf(format, bytes, told.item).next();
  if (!first) return '[]';
  const inner = tell(format, bytes, first.start);
  if (inner === undefined) return '';
  const kind = inner.item.type === 'map' ? objectKind(toldMembers(format, bytes, inner.item)) : inner.told.value;
  return arrayKind({ ...inner.told, value: kind });
}

function tell(format: Format, bytes: Uint8Array, at: number): { item: Item; told: Told } | undefined {
  if (at >= bytes.length) return undefined;
  const node = itemNode(format, '', bytes, at, bytes.length);
  if (node.type === 'error') return undefined;
  let item = format.item(bytes, at);
  while (item.type === 'tag') item = format.item(bytes, item.end);
  const leaf = node.type === 'string' || node.type === 'number';
  return { item, told: { name: '', type: node.type, value: leaf ? node.value : '' } };
}

function* toldMembers(format: Format, bytes: Uint8Array, item: Item): Generator<Told, void> {
  for (const { key, start, broken } of membersOf(format, bytes, item)) {
    if (broken && start === key) return;
    const told = tell(format, bytes, start)?.told ?? { type: 'error', value: '' };
    yield { ...told, name: keyName(format, bytes, key) };
  }
}

/** Bytes of a message above which it is judged by its first members only. */
const WHOLE = 65_536;

/**
 * Part of the binary samples that are exactly one map or array with members, and part that are maps whose first key is
 * a word: a few random bytes are seldom the one and hardly ever the other.
 */
export function likeness(format: Format, samples: Sample[]): { whole: number; named: number } {
  const binary = samples.filter((sample) => !sample.text && sample.payload.length > 1);
  return {
    whole: share(binary, ({ payload }) => containerOf(format, payload) !== undefined),
    named: share(binary, ({ payload }) => isNamedMap(format, payload)),
  };
}

/** Whether it is exactly one map whose first key is a word. */
function isNamedMap(format: Format, payload: Uint8Array): boolean {
  const item = containerOf(format, payload);
  return item?.type === 'map' && /^[\w$.:/ -]{1,80}$/.test(keyName(format, payload, item.end));
}

function containerOf(format: Format, payload: Uint8Array): Item | undefined {
  const { items, broken } = sequenceOf(format, payload.subarray(0, WHOLE), 0, 1);
  if (items.length === 0 || (broken && !endsThere(broken, payload))) return undefined;
  if (!broken && items[0]!.end !== payload.length) return undefined;
  const told = tell(format, payload, 0);
  return told && told.item.items > 0 && (told.item.type === 'map' || told.item.type === 'array')
    ? told.item
    : undefined;
}

/** Whether reading stopped only because a long message was looked at in part. */
function endsThere(broken: Broken, payload: Uint8Array): boolean {
  return payload.length > WHOLE && broken.at > WHOLE / 2;
}
