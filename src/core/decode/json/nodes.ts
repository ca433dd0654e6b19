import { walkedNodes } from '../groups';
import { Broken, utf8 } from '../reader';
import { cut, itemCount, LIMITS, leaf } from '../tree';
import type { DecodedNode } from '../types';
import { compactJson } from './compact';
import { isContainer, isObject, type Member, membersAt, membersFrom, skipSpace, skipValue } from './scan';
import { isLongInteger, jsonString } from './value';

/** How nodes get their offsets: text that was unescaped first has none in the payload. */
interface Source {
  bytes: Uint8Array;
  ranges: boolean;
}

/**
 * The lazy tree of the JSON value that begins at `start` and ends at `end` (or is broken somewhere before the end of
 * `bytes`). Names, numbers and strings are read from the bytes when asked for, numbers keep their source text; strings
 * that hold JSON can be opened in turn.
 */
export function jsonNode(name: string, bytes: Uint8Array, start: number, end: number): DecodedNode {
  return nodeAt(name, { bytes, ranges: true }, start, end);
}

function nodeAt(name: string, source: Source, start: number, end: number): DecodedNode {
  const { bytes } = source;
  const range = source.ranges ? { start, end } : {};
  if (isContainer(bytes, start)) {
    const object = isObject(bytes, start);
    return {
      name,
      type: object ? 'object' : 'array',
      get value() {
        const text = compactJson(bytes, start, end, LIMITS.preview);
        return object ? text : `${countItems(bytes, start)} ${text}`;
      },
      ...range,
      children: () => childrenAt(source, start),
    };
  }
  const c = bytes[start];
  const text = utf8(bytes.subarray(start, end));
  if (c === 0x22) return stringNode(name, source, start, end);
  if (c === 0x6e) return leaf(name, 'null', text, range);
  if (c === 0x74 || c === 0x66) return leaf(name, 'boolean', text, range);
  return leaf(name, isLongInteger(text) ? 'bigint' : 'number', text, range);
}

function countItems(bytes: Uint8Array, start: number): string {
  let count = 0;
  for (const member of membersAt(bytes, start)) if (!member.broken) count++;
  return itemCount(count);
}

function childrenAt(source: Source, start: number): DecodedNode[] {
  const { bytes, ranges } = source;
  const object = isObject(bytes, start);
  return walkedNodes<Member>({
    from: (mark) => (mark ? membersFrom(bytes, mark, object) : membersAt(bytes, start)),
    node: (member) => memberNode(source, member),
    range: (first, next) => (ranges && next ? { start: first.start, end: next.start } : {}),
  });
}

function memberNode(source: Source, member: Member): DecodedNode {
  const { bytes } = source;
  const name = member.nameEnd < 0 ? String(member.index) : jsonString(bytes, member.nameStart, member.nameEnd);
  if (!member.broken) return nodeAt(name, source, member.start, member.end);
  if (isContainer(bytes, member.start)) return nodeAt(name, source, member.start, bytes.length);
  return brokenLeaf(name, source, member, member.broken);
}

/** What there is of a value that could not be read. */
function brokenLeaf(name: string, source: Source, member: Member, broken: Broken): DecodedNode {
  const rest = cut(utf8(source.bytes.subarray(member.start, member.start + LIMITS.preview * 3)), LIMITS.preview);
  const range = source.ranges ? { start: member.start, end: source.bytes.length } : {};
  return leaf(name, 'error', rest === '' ? broken.message : `${broken.message}: ${rest}`, range);
}

function stringNode(name: string, source: Source, start: number, end: number): DecodedNode {
  const { bytes } = source;
  const value = jsonString(bytes, start, end);
  const range = source.ranges ? { start, end } : {};
  const node = leaf(name, 'string', value, range);
  if (!looksLikeJson(value)) return node;
  const plain = end - start - 2 === new TextEncoder().encode(value).length;
  const inner: Source = plain
    ? { bytes: bytes.subarray(0, end - 1), ranges: source.ranges }
    : { bytes: new TextEncoder().encode(value), ranges: false };
  const from = skipSpace(inner.bytes, plain ? start + 1 : 0);
  if (!isWhole(inner.bytes, from)) return node;
  return { ...node, note: 'JSON', children: () => childrenAt(inner, from) };
}

/** Whether a string begins and ends like an object or array with something in it. */
export function looksLikeJson(text: string): boolean {
  if (text.length < 3) return false;
  const inner = text.trim();
  return (inner.startsWith('{') && inner.endsWith('}')) || (inner.startsWith('[') && inner.endsWith(']'));
}

function isWhole(bytes: Uint8Array, at: number): boolean {
  try {
    return skipSpace(bytes, skipValue(bytes, at)) === bytes.length;
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  }
}
