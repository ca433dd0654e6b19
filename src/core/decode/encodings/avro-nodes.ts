import type { AvroType } from '../../schema/avro-types';
import { walkedNodes } from '../groups';
import { Broken, utf8 } from '../reader';
import { bytesNode, cut, LIMITS, leaf, nodeOfValue, oneLine, previewValue, type Range } from '../tree';
import type { DecodedNode } from '../types';
import { logicalText } from './avro-logical';
import {
  type AvroElement,
  AvroReader,
  type AvroShape,
  type AvroSource,
  avroElements,
  avroLeaf,
  logicalOf,
  shapeOf,
} from './avro-read';

type Listed = Extract<AvroShape, { type: 'array' | 'map' }>;
type Record = Extract<AvroShape, { type: 'record' }>;

/** The lazy tree of the value at `range`; of broken input what can be read. */
export function avroNode(name: string, source: AvroSource, type: AvroType, range: Range): DecodedNode {
  const shape = shapeOf(source.types, type);
  switch (shape.type) {
    case 'union':
      return unionNode(name, source, shape.of, range);
    case 'record':
      return {
        name,
        type: 'object',
        get value() {
          return avroPreview(source, type, range.start, LIMITS.preview, 3);
        },
        note: shape.name,
        ...range,
        children: () => fieldNodes(source, shape, range),
      };
    case 'array':
    case 'map':
      return listNode(name, source, shape, range);
    default:
      return leafNode(name, source, shape, range);
  }
}

function unionNode(name: string, source: AvroSource, types: readonly AvroType[], range: Range): DecodedNode {
  const reader = new AvroReader(source, range.start);
  try {
    const type = reader.unionCase(types);
    // The case belongs to the value: its byte is marked with it.
    return { ...avroNode(name, source, type, { start: reader.at, end: Math.max(reader.at, range.end) }), ...range };
  } catch (error) {
    if (error instanceof Broken) return leaf(name, 'error', error.message, range);
    throw error;
  }
}

/** Fields stand one after the other: a broken one is the last. */
function fieldNodes(source: AvroSource, shape: Record, { start: from, end: to }: Range): DecodedNode[] {
  const nodes: DecodedNode[] = [];
  const reader = new AvroReader(source, from);
  for (const { name, of } of shape.fields) {
    const start = reader.at;
    try {
      reader.pass(of);
      nodes.push(avroNode(name, source, of, { start, end: reader.at }));
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      nodes.push(avroNode(name, source, of, { start, end: Math.max(start, to) }));
      break;
    }
  }
  return nodes;
}

function listNode(name: string, source: AvroSource, shape: Listed, range: Range): DecodedNode {
  return {
    name,
    type: shape.type,
    get value() {
      return listPreview(source, shape, range.start, LIMITS.preview, 2);
    },
    ...range,
    children: () =>
      walkedNodes<AvroElement>({
        from: (mark) => avroElements(source, shape, range.start, mark),
        node: (element) => elementNode(source, shape, element),
        range: (first, next) => (next ? { start: first.start, end: next.start } : {}),
      }),
  };
}

function elementNode(source: AvroSource, shape: Listed, { index, start, end, broken }: AvroElement): DecodedNode {
  if (shape.type === 'array') {
    if (broken && start === end) return leaf(String(index), 'error', broken.message, { start, end });
    return avroNode(String(index), source, shape.items, { start, end });
  }
  const reader = new AvroReader(source, start);
  try {
    const key = oneLine(utf8(reader.take(reader.length())), LIMITS.preview);
    return { ...avroNode(key, source, shape.values, { start: reader.at, end: Math.max(reader.at, end) }), start, end };
  } catch (error) {
    if (error instanceof Broken) return leaf('?', 'error', error.message, { start, end });
    throw error;
  }
}

function leafNode(name: string, source: AvroSource, shape: AvroShape, range: Range): DecodedNode {
  const reader = new AvroReader(source, range.start);
  try {
    const value = avroLeaf(reader, shape);
    const logical = logicalOf(shape);
    const told = logical && logicalText(logical, value);
    const note = [logical?.name ?? shape.type, 'name' in shape && shape.name].filter(Boolean).join(', ');
    if (told) {
      const raw = value instanceof Uint8Array ? '' : ` ${value}`;
      return leaf(name, told.type, told.text, { ...range, note: note + raw });
    }
    if (shape.type === 'enum') return leaf(name, 'field', String(value), { ...range, note });
    if (value instanceof Uint8Array) return bytesNode(name, value, { ...range, note });
    return nodeOfValue(name, value, { ...range, note });
  } catch (error) {
    if (error instanceof Broken) return leaf(name, 'error', error.message, range);
    throw error;
  }
}

/** One line such as `{symbol: "AU", side: BUY}`, at most `max` UTF-16 units; broken input ends with an ellipsis. */
export function avroPreview(source: AvroSource, type: AvroType, at: number, max: number, depth: number): string {
  const shape = shapeOf(source.types, type);
  const reader = new AvroReader(source, at);
  try {
    if (shape.type === 'union') {
      const of = reader.unionCase(shape.of);
      return depth < 0 ? '…' : avroPreview(source, of, reader.at, max, depth);
    }
    if (shape.type === 'record') return recordPreview(reader, shape, max, depth);
    if (shape.type === 'array' || shape.type === 'map') return listPreview(source, shape, at, max, depth);
    return leafPreview(reader, shape, max);
  } catch (error) {
    if (error instanceof Broken) return '…';
    throw error;
  }
}

function leafPreview(reader: AvroReader, shape: AvroShape, max: number): string {
  const value = avroLeaf(reader, shape);
  const logical = logicalOf(shape);
  const told = logical && logicalText(logical, value);
  if (told) return cut(told.text, max);
  if (shape.type === 'enum') return cut(String(value), max);
  return typeof value === 'string' ? JSON.stringify(cut(value, max)) : previewValue(value, max);
}

function recordPreview(reader: AvroReader, shape: Record, max: number, depth: number): string {
  let text = '';
  for (const [i, { name, of }] of shape.fields.entries()) {
    if (i > 0) text += ', ';
    if (depth <= 0 || text.length >= max) {
      text += '…';
      break;
    }
    text += `${name}: ${avroPreview(reader.source, of, reader.at, Math.max(1, max - text.length), depth - 1)}`;
    try {
      reader.pass(of);
    } catch (error) {
      if (error instanceof Broken) break;
      throw error;
    }
  }
  return cut(`{${text}}`, max);
}

function listPreview(source: AvroSource, shape: Listed, at: number, max: number, depth: number): string {
  let text = '';
  for (const { index, start, broken } of avroElements(source, shape, at)) {
    if (index > 0) text += ', ';
    if (broken || depth <= 0 || text.length >= max) {
      text += '…';
      break;
    }
    const reader = new AvroReader(source, start);
    const left = Math.max(1, max - text.length);
    if (shape.type === 'map') text += `${cut(utf8(reader.take(reader.length())), left)}: `;
    text += avroPreview(source, shape.type === 'map' ? shape.values : shape.items, reader.at, left, depth - 1);
  }
  return cut(shape.type === 'map' ? `{${text}}` : `[${text}]`, max);
}
