import { base64 } from './encodings/base64';
import { brotli } from './encodings/brotli';
import { contentOf } from './encodings/content';
import { deflate } from './encodings/deflate';
import { gzip } from './encodings/gzip';
import { jwt } from './encodings/jwt';
import { zstd } from './encodings/zstd';
import { detached } from './tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder } from './types';

/** What bytes may be beside the plain encodings that `contentOf` knows. Protobuf is left out: it fits too much. */
const IN_BYTES: readonly Decoder[] = [gzip, deflate, zstd, brotli];
/** What text may be. JSON in strings is opened by the JSON decoder itself. */
const IN_TEXT: readonly Decoder[] = [jwt, base64];

/** Values within values within values that are looked into. */
const LEVELS = 6;
/** Shorter values are not looked into: too little to be told from anything else. */
const LEAST = { bytes: 3, text: 24 };
/** Longer values are opened only by choosing a decoder for them. */
const MOST = 4 * 1024 * 1024;

/**
 * The tree with what its bytes and texts hold: compressed or encoded values get children, made when asked for, and a note
 * that names the encoding (`gzip`, `JWT`). The root itself stays as its decoder gave it.
 */
export function nested(tree: DecodedNode, context: DecodeContext): DecodedNode {
  return tree.children ? opened(tree, context, LEVELS) : tree;
}

/**
 * A value of a tree decoded by a decoder that the user chose for it: its bytes, or its text as UTF-8.
 * `undefined` where the node holds neither.
 */
export function decodeValue(node: DecodedNode, decoder: Decoder, context: DecodeContext): Decoded | undefined {
  const bytes = valueBytes(node);
  if (bytes === undefined) return undefined;
  return decoder.decode(bytes, { ...context, text: node.type === 'string', state: {} });
}

function valueBytes({ type, value, bytes }: DecodedNode): Uint8Array | undefined {
  if (type === 'bytes') return bytes;
  return type === 'string' ? new TextEncoder().encode(value) : undefined;
}

function opened(node: DecodedNode, context: DecodeContext, levels: number): DecodedNode {
  const { children } = node;
  if (children === undefined) return lookedInto(node, context, levels);
  return { ...node, children: () => children().map((child) => opened(child, context, levels)) };
}

function lookedInto(node: DecodedNode, context: DecodeContext, levels: number): DecodedNode {
  if (levels === 0 || !isCandidate(node)) return node;
  const bytes = valueBytes(node);
  if (bytes === undefined || bytes.length > MOST) return node;
  const inner = { ...context, text: node.type === 'string', state: {} };
  const { decoder, decoded } = contentOf(bytes, inner, false, node.type === 'string' ? IN_TEXT : IN_BYTES);
  if (decoder.id === 'text' || decoder.id === 'binary' || decoded.problem) return node;
  const { tree } = decoded;
  const note = node.note ? `${node.note}, ${decoder.label}` : decoder.label;
  const children = tree.children ?? (() => [{ ...tree, name: 'value' }]);
  const shown = { ...node, note, children: () => children().map(detached) };
  return opened(shown, context, levels - 1);
}

/** Cheap, so that a list of thousands of strings costs little. */
function isCandidate({ type, value, bytes }: DecodedNode): boolean {
  if (type === 'bytes') return bytes !== undefined && bytes.length >= LEAST.bytes;
  if (type !== 'string' || value.length < LEAST.text || value.length > MOST) return false;
  const head = value.slice(0, 256);
  return /^(eyJ[\w-]|\s*<[?!a-zA-Z]|data:)/.test(head) || /^[A-Za-z0-9+/_-]+={0,2}$/.test(head);
}
