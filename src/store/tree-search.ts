import type { DecodedNode } from '../core/decode/types';
import { nextTurn, SLICE_MS } from './turns';

/** Places of what was found, as indices from the root. */
export interface TreeHits {
  paths: number[][];
  /** False when there may be more: the search was stopped, or found as much as it may. */
  complete: boolean;
}

/** More than anybody steps through. */
const MOST_HITS = 1000;

/**
 * Nodes of a decoded tree that have a text in their name, their note or, of leaves, their value, in any case, depth
 * first. Children are made and let go again, so that a huge tree costs time and no memory; recording goes on meanwhile.
 * @param stopped asked between slices of work
 */
export async function searchTree(root: DecodedNode, text: string, stopped: () => boolean): Promise<TreeHits> {
  const wanted = text.toLowerCase();
  const top = childrenOf(root);
  if (top === undefined) return { paths: has(root, wanted, true) ? [[]] : [], complete: true };
  const paths: number[][] = [];
  const way = [{ children: top, at: 0 }];
  let sliceEnd = performance.now() + SLICE_MS;
  while (way.length > 0) {
    const level = way[way.length - 1];
    const node = level.children[level.at];
    if (node === undefined) {
      way.pop();
      if (way.length > 0) way[way.length - 1].at++;
      continue;
    }
    const children = childrenOf(node);
    if (has(node, wanted, children === undefined)) {
      paths.push(way.map(({ at }) => at));
      if (paths.length === MOST_HITS) return { paths, complete: false };
    }
    if (children !== undefined) way.push({ children, at: 0 });
    else level.at++;
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    if (stopped()) return { paths, complete: false };
    sliceEnd = performance.now() + SLICE_MS;
  }
  return { paths, complete: true };
}

function childrenOf(node: DecodedNode): DecodedNode[] | undefined {
  return node.children?.();
}

/** What is shown of a branch is said again by its children. */
function has(node: DecodedNode, wanted: string, leaf: boolean): boolean {
  if (node.group) return false;
  return (
    node.name.toLowerCase().includes(wanted) ||
    (leaf && node.value.toLowerCase().includes(wanted)) ||
    (node.note?.toLowerCase().includes(wanted) ?? false)
  );
}
