import { brotli } from './encodings/brotli';
import { contentOf } from './encodings/content';
import { deflate } from './encodings/deflate';
import { gzip } from './encodings/gzip';
import { zstd } from './encodings/zstd';
import { readJson } from './json/read';
import { isContainer } from './json/scan';
import { utf8Strict } from './reader';
import { bytesNode, leaf, nodeOfValue, oneLine, previewBytes, type Range } from './tree';
import type { DecodeContext, DecodedNode } from './types';

/** What a protocol carries for its user: a node for the tree and a few words for the row. */
export interface InnerPayload {
  node: DecodedNode;
  /** One line, at most 120 UTF-16 units. */
  preview: string;
  /** The value if it is JSON, the text if it is text, else the bytes. */
  value: () => unknown;
}

/** Bytes looked at for the preview: a UTF-16 unit takes at most three, white space may be folded. */
const PREVIEWED = 1024;

/** Envelopes that binary content may have, beside the encodings that are always tried. */
const ENVELOPES = [gzip, deflate, zstd, brotli];

/**
 * Shows bytes that a protocol carries without saying what they are: JSON as a value (opened lazily), other UTF-8 as
 * text, bytes that look like an encoding (MessagePack, CBOR, BSON, a file, gzip around any of them) as what they hold,
 * the rest as bytes. Control characters other than tab and line breaks mean that it is no text.
 *
 * @param source the payload, or what was joined of several
 * @param start byte offset in `source` where the inner payload begins
 * @param end byte offset where it ends
 * @param base byte offset in `source` from which the tree's offsets count
 * @param guess whether the encoding of bytes is guessed
 */
export function innerPayload(
  name: string,
  source: Uint8Array,
  start: number,
  end: number,
  base = 0,
  guess = true,
): InnerPayload {
  const bytes = source.subarray(start, end);
  const range = start >= base ? { start: start - base, end: end - base } : {};
  const text = utf8Strict(bytes);
  if (text === undefined || /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) {
    return guess ? innerBinary(name, bytes, range) : plainBytes(name, bytes, range);
  }
  const preview = oneLine(text.slice(0, PREVIEWED), 120);
  const reading = readJson(source, start, end, name);
  if (reading.problem || !isContainer(source, reading.start)) {
    return { node: leaf(name, 'string', text, { ...range, bytes }), preview, value: () => text };
  }
  const node = base === 0 ? reading.node : lazyValue(name, preview, reading.value);
  return { node: { ...node, ...range }, preview, value: reading.value };
}

function plainBytes(name: string, bytes: Uint8Array, range: Partial<Range>): InnerPayload {
  return { node: bytesNode(name, bytes, range), preview: previewBytes(bytes), value: () => bytes };
}

function innerBinary(name: string, bytes: Uint8Array, range: Partial<Range>): InnerPayload {
  const context: DecodeContext = { url: '', protocol: '', direction: 'received', text: false, state: {} };
  const { decoder, decoded } = contentOf(bytes, context, false, ENVELOPES);
  const { json, problem, summary, tree } = decoded;
  if (json === undefined || problem || decoder.id === 'binary' || decoder.id === 'text') {
    return plainBytes(name, bytes, range);
  }
  const node = { ...shifted(tree, range.start), ...range, name, bytes };
  node.note = node.note ? `${decoder.label}, ${node.note}` : decoder.label;
  return { node, preview: oneLine(summary, 120), value: json };
}

/** A tree of inner bytes with offsets that count from the payload; without offsets where that has no place for them. */
function shifted({ start, end, children, ...rest }: DecodedNode, by: number | undefined): DecodedNode {
  const node: DecodedNode = rest;
  if (by !== undefined && start !== undefined && end !== undefined) {
    node.start = start + by;
    node.end = end + by;
  }
  if (children) node.children = () => children().map((child) => shifted(child, by));
  return node;
}

/** JSON whose offsets would not count from the payload: the same tree without them. */
function lazyValue(name: string, preview: string, value: () => unknown): DecodedNode {
  return {
    name,
    type: 'object',
    value: preview,
    children: () => nodeOfValue('', value()).children?.() ?? [],
  };
}
