import { walkedNodes } from '../groups';
import { attempt, Broken } from '../reader';
import { objectKind, type Told } from '../shape-kind';
import { NO, share } from '../sniffing';
import { cut, LIMITS, leaf, nodeOfValue, oneLine, previewValue } from '../tree';
import type { DecodedNode, Decoder } from '../types';
import { containerType, documentEnd, type Element, elementsOf, looksLikeElement, noteOf, rangeOf } from './bson-format';
import { otherwise } from './otherwise';

/** BSON 1.1 (bsonspec.org): a message is one document. */
export const bson: Decoder = {
  id: 'bson',
  label: 'BSON',
  layer: 'encoding',
  sniff(_, samples) {
    const binary = samples.filter((sample) => !sample.text && sample.payload.length > 5);
    const likely = share(binary, ({ payload }) => isDocument(payload));
    return likely < 0.5 ? NO : { confidence: 0.85 * likely, reason: 'messages are documents of the length they tell' };
  },
  decode(payload, context) {
    if (payload.length < 5) return otherwise(payload, context, 'binary', 'too short for a BSON document');
    if (context.text) return otherwise(payload, context, 'binary', '');
    const problem = attempt(() => {
      const end = documentEnd(payload, 0);
      if (end < payload.length) throw new Broken('more after the end of the document', end);
    });
    return {
      tree: containerNode('', payload, 0, 'object', { start: 0, end: payload.length }),
      summary: oneLine(preview(payload, 0, 'object', LIMITS.summary, 4)),
      kind: objectKind(told(payload)),
      problem: problem ?? firstBroken(payload, 0, LIMITS.depth),
      json: () => documentValue(payload, 0, 'object', LIMITS.depth),
    };
  },
};

function isDocument(payload: Uint8Array): boolean {
  if (payload[payload.length - 1] !== 0) return false;
  const told = payload[0] | (payload[1] << 8) | (payload[2] << 16) | (payload[3] << 24);
  return told === payload.length && looksLikeElement(payload, 4);
}

type Container = 'object' | 'array';

function containerNode(
  name: string,
  bytes: Uint8Array,
  at: number,
  type: Container,
  extra: Pick<DecodedNode, 'start' | 'end' | 'note'>,
): DecodedNode {
  return {
    name,
    type,
    get value() {
      return preview(bytes, at, type, LIMITS.preview, 3);
    },
    ...extra,
    children: () =>
      walkedNodes<Element>({
        from: (mark) => elementsOf(bytes, at, mark),
        node: (element) => elementNode(bytes, element),
        range: (first, next) => (next ? { start: first.start, end: next.start } : {}),
      }),
  };
}

function elementNode(bytes: Uint8Array, element: Element): DecodedNode {
  const { name, broken, code, valueStart, value } = element;
  if (broken) return leaf(name, 'error', broken.message, { start: element.start, end: element.end });
  const type = containerType(code);
  if (type) return containerNode(name, bytes, valueStart, type, rangeOf(element));
  return nodeOfValue(name, value, rangeOf(element));
}

function* told(payload: Uint8Array): Generator<Told, void> {
  for (const { name, code, value, broken } of elementsOf(payload, 0)) {
    if (broken) return;
    if (typeof value === 'string' && noteOf(code) === undefined) yield { name, type: 'string', value };
    else if (typeof value === 'number') yield { name, type: 'number', value: String(value) };
    else yield { name, type: containerType(code) ?? 'null', value: '' };
  }
}

/** One line like JSON, at most `max` UTF-16 units. */
function preview(bytes: Uint8Array, at: number, type: Container, max: number, depth: number): string {
  let text = '';
  for (const { index, name, code, value, valueStart, broken } of elementsOf(bytes, at)) {
    if (index > 0) text += ',';
    if (broken || depth === 0 || text.length >= max) {
      text += '…';
      break;
    }
    if (type === 'object') text += `${JSON.stringify(cut(name, max))}:`;
    const inner = containerType(code);
    const left = Math.max(1, max - text.length);
    text += inner ? preview(bytes, valueStart, inner, left, depth - 1) : scalar(value, left);
  }
  return cut(type === 'object' ? `{${text}}` : `[${text}]`, max);
}

function scalar(value: unknown, max: number): string {
  return typeof value === 'string' ? JSON.stringify(cut(value, max)) : previewValue(value, max);
}

/** The plain value; what is nested too deeply is `undefined`. */
function documentValue(bytes: Uint8Array, at: number, type: Container, depth: number): unknown {
  const entries: [string, unknown][] = [];
  for (const { name, code, value, valueStart, broken } of elementsOf(bytes, at)) {
    if (broken) break;
    const inner = containerType(code);
    if (!inner) entries.push([name, value]);
    else entries.push([name, depth > 0 ? documentValue(bytes, valueStart, inner, depth - 1) : undefined]);
  }
  return type === 'array' ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** The first place within the elements that cannot be read. */
function firstBroken(bytes: Uint8Array, at: number, depth: number): { message: string; at: number } | undefined {
  for (const { code, valueStart, broken } of elementsOf(bytes, at)) {
    if (broken) return { message: broken.message, at: broken.at };
    const inner = containerType(code) && depth > 0 ? firstBroken(bytes, valueStart, depth - 1) : undefined;
    if (inner) return inner;
  }
  return undefined;
}
