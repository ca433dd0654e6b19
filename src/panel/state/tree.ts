import { signal } from '@preact/signals';
import type { LogId, TreeNode } from '../../core/messages/store';
import type { Link } from './link';

/** Children are asked for and shown in portions of this many. */
export const PORTION = 100;

const MOST_PORTIONS = 50;

/** Values that are opened at once: each is a line to draw. */
export const MOST_EXPANDED = 500;

/** What stands on one line of the tree. */
export type TreeLine =
  | { type: 'node'; path: number[]; node: TreeNode; level: number; open: boolean; place: number; of: number }
  | { type: 'more'; path: number[]; level: number; rest: number }
  | { type: 'problem'; path: number[]; level: number; message: string };

interface OpenNode {
  children: TreeNode[];
  wanted: number;
  problem: string | null;
  /** Set while children are on their way. */
  loading: Promise<void> | null;
}

export type Tree = ReturnType<typeof createTree>;

/** A decoded frame as a tree of which only what was opened is known. */
export function createTree(
  link: Link,
  of: { log: LogId; frame: number; root: TreeNode },
  failed: (error: unknown) => string,
) {
  const opened = new Map<string, OpenNode>();
  const lines = signal<readonly TreeLine[]>([]);
  /** Key of the line that is chosen. */
  const active = signal('');
  const keyOf = (path: readonly number[]): string => path.join('.');

  function render(): void {
    const result: TreeLine[] = [];
    // The root is shown as its children, unless it is a leaf.
    if (of.root.size === 0)
      result.push({ type: 'node', path: [], node: of.root, level: 1, open: false, place: 1, of: 1 });
    else addChildren(result, [], of.root, 1);
    lines.value = result;
  }

  function addChildren(result: TreeLine[], path: number[], node: TreeNode, level: number): void {
    const open = opened.get(keyOf(path));
    if (!open) return;
    open.children.forEach((child, index) => {
      const childPath = [...path, index];
      const isOpen = opened.has(keyOf(childPath));
      result.push({ type: 'node', path: childPath, node: child, level, open: isOpen, place: index + 1, of: node.size });
      if (isOpen) addChildren(result, childPath, child, level + 1);
    });
    if (open.problem) result.push({ type: 'problem', path, level, message: open.problem });
    else if (open.children.length < node.size && open.children.length >= open.wanted)
      result.push({ type: 'more', path, level, rest: node.size - open.children.length });
  }

  /** Opens a node, or asks for the next portion of its children. */
  function load(path: number[], node: TreeNode): Promise<void> {
    const open: OpenNode = opened.get(keyOf(path)) ?? { children: [], wanted: 0, problem: null, loading: null };
    opened.set(keyOf(path), open);
    open.loading ??= loadPortion(open, path, node).finally(() => {
      open.loading = null;
    });
    return open.loading;
  }

  /** Resolves when a node is open and its first children are there. */
  async function ensureOpen(path: number[], node: TreeNode): Promise<void> {
    const open = opened.get(keyOf(path));
    if (open) await open.loading;
    else await load(path, node);
  }

  async function loadPortion(open: OpenNode, path: number[], node: TreeNode): Promise<void> {
    const from = open.children.length;
    open.wanted = Math.min(node.size, from + PORTION);
    try {
      const { log, frame } = of;
      const asked = { log, frame, decoder: null, path, from, to: open.wanted };
      open.children.push(...(await link.store.call('children', asked)));
    } catch (error) {
      open.problem = failed(error);
    }
    render();
  }

  /** Place of the child that holds a byte; `null` if none does, or none of the first some thousand. */
  async function childAt(path: number[], node: TreeNode, offset: number): Promise<number | null> {
    if (node.size === 0) return null;
    await ensureOpen(path, node);
    const open = opened.get(keyOf(path));
    if (!open) return null;
    for (let portions = 0; portions < MOST_PORTIONS; portions++) {
      const found = open.children.findIndex(
        ({ start, end }) => start !== undefined && end !== undefined && start <= offset && offset < end,
      );
      if (found >= 0) return found;
      const last = open.children.at(-1);
      if (open.problem || open.children.length >= node.size || last?.start === undefined || last.start > offset)
        return null;
      await load(path, node);
    }
    return null;
  }

  render();
  if (of.root.size > 0) {
    void load([], of.root).then(async () => {
      // One level more where it is little, so that a small object is seen whole.
      const children = opened.get('')?.children ?? [];
      if (children.length > 12) return;
      await Promise.all(
        children.map((child, index) => (child.size > 0 && child.size <= 8 ? load([index], child) : null)),
      );
    });
  }

  return {
    lines,
    active,
    /** How the filter finds a value. */
    termFor: (path: number[]) => link.store.call('nodeTerm', { log: of.log, frame: of.frame, path }),
    async toggle(path: number[], node: TreeNode): Promise<void> {
      if (node.size === 0) return;
      if (opened.delete(keyOf(path))) render();
      else await load(path, node);
    },
    more(path: number[]): void {
      const line = lines.peek().find((each) => each.type === 'node' && keyOf(each.path) === keyOf(path));
      void load(path, line?.type === 'node' ? line.node : of.root);
    },
    /** Opens the way to the innermost node that a byte belongs to, and chooses it. */
    async revealByte(offset: number): Promise<void> {
      let path: number[] = [];
      let node = of.root;
      for (;;) {
        const found = await childAt(path, node, offset);
        if (found === null) break;
        const child = opened.get(keyOf(path))?.children[found];
        if (!child) break;
        path = [...path, found];
        node = child;
      }
      if (path.length) active.value = lineKey({ type: 'node', path });
    },
    /** Opens the way to a node and chooses it. */
    async reveal(path: readonly number[]): Promise<void> {
      let node = of.root;
      for (let depth = 0; depth < path.length; depth++) {
        const above = path.slice(0, depth);
        await ensureOpen(above, node);
        const open = opened.get(keyOf(above));
        if (!open) return;
        while (open.children.length <= path[depth] && open.children.length < node.size && !open.problem)
          await load(above, node);
        node = open.children[path[depth]];
        if (!node) return;
      }
      active.value = lineKey({ type: 'node', path: [...path] });
    },
    /**
     * Opens what is below a node, as far as it is small.
     * @returns whether all of it was opened
     */
    async expandAll(path: number[], node: TreeNode, budget = { nodes: MOST_EXPANDED }): Promise<boolean> {
      if (node.size === 0) return true;
      if (budget.nodes <= 0) return false;
      budget.nodes -= Math.min(node.size, PORTION);
      await ensureOpen(path, node);
      const children = opened.get(keyOf(path))?.children ?? [];
      let all = children.length >= node.size;
      for (const [index, child] of children.entries())
        all = (await this.expandAll([...path, index], child, budget)) && all;
      return all;
    },
  };
}

/** Tells the lines of a tree apart. */
export function lineKey(line: Pick<TreeLine, 'type' | 'path'>): string {
  return `${line.type}-${line.path.join('.')}`;
}
