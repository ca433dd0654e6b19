import { utf8Strict } from './reader';
import { branch, bytesNode, leaf, nodeOfValue, oneLine, previewBytes } from './tree';
import type { DecodedNode } from './types';

/** What a protocol carries for its user: a node for the tree and a few words for the row. */
export interface InnerPayload {
  node: DecodedNode;
  /** One line, at most 120 UTF-16 units. */
  preview: string;
  /** The value if it is JSON, the text if it is text, else the bytes. */
  value: () => unknown;
}

/**
 * Shows bytes that a protocol carries without saying what they are: JSON as a value (parsed when opened), other
 * UTF-8 as text, the rest as bytes. Control characters other than tab and line breaks mean that it is no text.
 */
export function innerPayload(name: string, bytes: Uint8Array): InnerPayload {
  const text = utf8Strict(bytes);
  if (text === undefined || /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) {
    return { node: bytesNode(name, bytes), preview: previewBytes(bytes), value: () => bytes };
  }
  const preview = oneLine(text, 120);
  if (!looksLikeJson(text)) return { node: { ...leaf(name, 'string', text), bytes }, preview, value: () => text };
  const value = () => parseOr(text);
  const children = () => nodeOfValue('', value()).children?.() ?? [];
  return {
    node: branch(name, text.trimStart().startsWith('[') ? 'array' : 'object', preview, children),
    preview,
    value,
  };
}

function looksLikeJson(text: string): boolean {
  const trimmed = text.trim();
  return /^(\{[\s\S]*\}|\[[\s\S]*\])$/.test(trimmed) && parseOr(text) !== text;
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
