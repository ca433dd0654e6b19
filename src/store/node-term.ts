import type { DecodedNode } from '../core/decode/types';
import { type NodeTerm, termForJson, termForWords } from '../core/filter/term-for';
import { keysThrough, printPath } from '../core/filter/values/json-path';

/** Children by whose names a branch is told from another. */
const NAMES = 5;
/** Members of a value below which a path is looked for: those of a protocol's message are fewer. */
const MEMBERS = 20;

/**
 * How the filter finds a node of a decoded tree. Trees show more than the plain value has that paths lead through: the
 * protocol around it, and what was opened within a text or bytes. So a path is looked for by the node's names and by the
 * last of them, and holds only where it leads to the same value; else the words of a leaf find the frame.
 * @param way the nodes from below the root to the node, which is the last; none for the root itself
 * @param root the whole tree
 * @param json the plain value of the frame, as the filter sees it; `undefined` if there is none
 * @param childrenOf a node's children
 * @param passes whether the frame passes a query: nothing is offered that does not find it
 */
export async function nodeTerm(
  root: DecodedNode,
  way: readonly DecodedNode[],
  json: unknown,
  childrenOf: (node: DecodedNode) => DecodedNode[],
  passes: (query: string) => Promise<boolean>,
): Promise<NodeTerm> {
  const node = way.at(-1) ?? root;
  const names = way.flatMap(({ group, name }) => (group ? [] : [name]));
  for (const candidate of candidates(names, json)) {
    const found = keysThrough(json, candidate);
    if (found === null || !isSame(node, found.value, childrenOf)) continue;
    for (const term of [termForJson(found.keys, found.value), termForJson(found.keys, undefined)]) {
      if (await passes(term)) return { path: printPath(found.keys), term };
    }
  }
  const words = node.children === undefined ? termForWords(node.value) : null;
  return { path: null, term: words !== null && (await passes(words)) ? words : null };
}

/**
 * The names; the last of them; those below a member that the tree does not name, or calls something else; and none, for
 * a protocol's payload, which is the whole value.
 */
function* candidates(names: readonly string[], json: unknown): Generator<string[]> {
  yield [...names];
  for (let from = 1; from < names.length; from++) yield names.slice(from);
  if (names.length > 0 && typeof json === 'object' && json !== null && !Array.isArray(json)) {
    for (const member of Object.keys(json).slice(0, MEMBERS)) {
      yield [member, ...names];
      if (names.length > 1) yield [member, ...names.slice(1)];
    }
  }
  if (names.length > 0) yield [];
}

/** Whether a node shows this value. */
function isSame(node: DecodedNode, value: unknown, childrenOf: (node: DecodedNode) => DecodedNode[]): boolean {
  if (node.type === 'bytes') return value instanceof Uint8Array && isEqual(node.bytes, value);
  if (node.type === 'date') return value instanceof Date;
  if (typeof value !== 'object' || value === null) return isSameLeaf(node, value);
  if (node.children === undefined || node.type === 'string' || ArrayBuffer.isView(value)) return false;
  const names = firstNames(node, childrenOf);
  return names.length > 0
    ? names.every((name) => keysThrough(value, [name]) !== null)
    : (value instanceof Map ? value.size : Object.keys(value).length) === 0;
}

function isEqual(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a === undefined || (a.length === b.length && a.every((byte, at) => byte === b[at]));
}

function isSameLeaf({ type, value: shown }: DecodedNode, value: unknown): boolean {
  // Numbers are shown as they are written, `1.50` and `1e3`.
  if (type === 'number' || type === 'bigint')
    return (typeof value === 'number' || typeof value === 'bigint') && Number(value) === Number(shown);
  return String(value) === shown;
}

function firstNames(node: DecodedNode, childrenOf: (node: DecodedNode) => DecodedNode[]): string[] {
  let children = childrenOf(node);
  while (children[0]?.group) children = childrenOf(children[0]);
  return children.slice(0, NAMES).map(({ name }) => name);
}
