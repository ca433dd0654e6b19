import type { LogId, TreeNode } from '../../core/messages/store';
import type { Link } from './link';

/** More of a tree is not read for a comparison. */
const MOST_NODES = 3000;

/** A decoded frame as lines of text, one a node, indented; `null` when its decoder sees no parts in it. */
export async function decodedLines(link: Link, log: LogId, frame: number): Promise<string[] | null> {
  const { tree } = await link.store.call('decode', { log, frame, decoder: null });
  if (tree.size === 0) return null;
  const lines: string[] = [];
  const add = async (path: number[], node: TreeNode, depth: number): Promise<void> => {
    const to = Math.min(node.size, MOST_NODES - lines.length);
    if (to <= 0) return;
    const children = await link.store.call('children', { log, frame, decoder: null, path, from: 0, to });
    for (const [index, child] of children.entries()) {
      lines.push(`${'  '.repeat(depth)}${child.name}: ${child.size ? child.type : child.value}`);
      if (child.size) await add([...path, index], child, depth + 1);
    }
  };
  await add([], tree, 0);
  return lines;
}
