import { readJson } from './json/read';
import { isContainer } from './json/scan';
import { utf8Strict } from './reader';
import { bytesNode, leaf, nodeOfValue, oneLine, previewBytes } from './tree';
import type { DecodedNode } from './types';

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

/**
 * Shows bytes that a protocol carries without saying what they are: JSON as a value (opened lazily), other UTF-8 as
 * text, the rest as bytes. Control characters other than tab and line breaks mean that it is no text.
 *
 * @param source the payload, or what was joined of several
 * @param start byte offset in `source` where the inner payload begins
 * @param end byte offset where it ends
 * @param base byte offset in `source` from which the tree's offsets count
 */
export function innerPayload(name: string, source: Uint8Array, start: number, end: number, base = 0): InnerPayload {
  const bytes = source.subarray(start, end);
  const range = start >= base ? { start: start - base, end: end - base } : {};
  const text = utf8Strict(bytes);
  if (text === undefined || /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) {
    return { node: bytesNode(name, bytes, range), preview: previewBytes(bytes), value: () => bytes };
  }
  const preview = oneLine(text.slice(0, PREVIEWED), 120);
  const reading = readJson(source, start, end, name);
  if (reading.problem || !isContainer(source, reading.start)) {
    return { node: leaf(name, 'string', text, { ...range, bytes }), preview, value: () => text };
  }
  const node = base === 0 ? reading.node : lazyValue(name, preview, reading.value);
  return { node: { ...node, ...range }, preview, value: reading.value };
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
