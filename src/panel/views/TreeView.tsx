import { useEffect, useRef, useState } from 'preact/hooks';
import type { TreeNode } from '../../core/messages/store';
import type { MenuEntry } from '../state/menu';
import type { Panel } from '../state/panel';
import { lineKey, MOST_EXPANDED, PORTION, type Tree, type TreeLine } from '../state/tree';
import { formatCount } from '../text/formatCount';
import { VisibleText } from './VisibleText';

const MOST_SHOWN = 5000;

interface TreeViewProps {
  panel: Panel;
  tree: Tree;
  root: TreeNode;
}

/** A decoded value: opened and closed by click or by the arrow keys. */
export function TreeView({ panel, tree, root }: TreeViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const active = tree.active.value;
  const lines = tree.lines.value;
  const activeKey = lines.some((line) => lineKey(line) === active) ? active : lines[0] && lineKey(lines[0]);

  // What was chosen by its bytes may be out of sight.
  useEffect(() => {
    if (active) host.current?.querySelector(`[data-key="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  function choose(line: TreeLine): void {
    tree.active.value = lineKey(line);
    if (line.type !== 'node') return;
    const { start, end } = line.node;
    panel.detail.range.value = start === undefined || end === undefined ? null : { start, end };
  }

  function focus(line: TreeLine | undefined): void {
    if (!line) return;
    choose(line);
    host.current?.querySelector<HTMLElement>(`[data-key="${lineKey(line)}"]`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = lines.findIndex((line) => lineKey(line) === activeKey);
    const line = lines[at];
    if (!line) return;
    if (event.key === 'ArrowDown') focus(lines[at + 1]);
    else if (event.key === 'ArrowUp') focus(lines[at - 1]);
    else if (event.key === 'Home') focus(lines[0]);
    else if (event.key === 'End') focus(lines.at(-1));
    else if (event.key === 'ArrowRight') {
      if (line.type === 'node' && line.node.size && !line.open) void tree.toggle(line.path, line.node);
      else focus(lines[at + 1]);
    } else if (event.key === 'ArrowLeft') {
      if (line.type === 'node' && line.open) void tree.toggle(line.path, line.node);
      else focus(lines.slice(0, at).findLast((each) => each.level < line.level));
    } else if (event.key === 'Enter' || event.key === ' ') act(line);
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && line.type === 'node')
      void panel.copy.text(line.node.value);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      openMenu(line, event.target as HTMLElement);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function act(line: TreeLine): void {
    if (line.type === 'more') tree.more(line.path);
    else if (line.type === 'node') void tree.toggle(line.path, line.node);
  }

  function openMenu(line: TreeLine, at: MouseEvent | HTMLElement): void {
    if (line.type !== 'node') return;
    panel.filterTools.load().catch(panel.failed);
    panel.menu.open(() => nodeMenu(panel, tree, line, lines), at);
  }

  return (
    <div ref={host} class="tree" role="tree" aria-label={`Decoded ${root.type}`} onKeyDown={onKeyDown}>
      {lines.map((line) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys
        <div
          key={lineKey(line)}
          data-key={lineKey(line)}
          class={`tree-line${line.type === 'node' && line.node.size ? ' branch' : ''}${line.type === 'more' ? ' more' : ''}`}
          role="treeitem"
          aria-level={line.level}
          aria-expanded={line.type === 'node' && line.node.size ? line.open : undefined}
          aria-posinset={line.type === 'node' ? line.place : undefined}
          aria-setsize={line.type === 'node' ? line.of : undefined}
          aria-selected={lineKey(line) === activeKey}
          tabIndex={lineKey(line) === activeKey ? 0 : -1}
          style={{ paddingLeft: `${line.level * 14 - 8}px` }}
          onClick={() => {
            choose(line);
            // A selection of text is not a click on the line.
            if (!window.getSelection()?.toString()) act(line);
          }}
          onContextMenu={(event) => {
            event.preventDefault();
            choose(line);
            openMenu(line, event);
          }}
        >
          <LineText line={line} />
        </div>
      ))}
    </div>
  );
}

function LineText({ line }: { line: TreeLine }) {
  if (line.type === 'more')
    return (
      <>
        Show {formatCount(Math.min(PORTION, line.rest))} of {formatCount(line.rest)} more
      </>
    );
  if (line.type === 'problem') return <span class="problem">{line.message}</span>;
  const { node } = line;
  return (
    <>
      <span class={`twist${node.size ? (line.open ? ' open' : ' shut') : ''}`} aria-hidden="true" />
      {node.name !== '' && (
        <>
          <span class="tree-name">
            <VisibleText text={node.name} />
          </span>
          {': '}
        </>
      )}
      <span class={`tree-value ${node.type}`}>
        <LeafText text={node.type === 'string' ? `"${node.value}"` : node.value} />
      </span>
      {node.note && <span class="tree-note"> {node.note}</span>}
    </>
  );
}

/** A long value is shown by its beginning until the rest is asked for: laying out millions of characters takes long. */
function LeafText({ text }: { text: string }) {
  // The text that is shown whole, not whether one is: another frame's value may take its place.
  const [whole, setWhole] = useState('');
  if (whole === text || text.length <= MOST_SHOWN) return <VisibleText text={text} />;
  return (
    <>
      <VisibleText text={text.slice(0, MOST_SHOWN)} />…{' '}
      <button
        type="button"
        class="link"
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          setWhole(text);
        }}
      >
        show all {formatCount(text.length)} characters
      </button>
    </>
  );
}

function nodeMenu(
  panel: Panel,
  tree: Tree,
  line: TreeLine & { type: 'node' },
  lines: readonly TreeLine[],
): MenuEntry[] {
  const { node } = line;
  const leaf = node.size === 0;
  // They come later than the menu where it is opened at once.
  const tools = panel.filterTools.tools.value;
  const keys = keysOf(line, lines);
  const term = tools && keys.length > 0 ? tools.termForJson(keys, leaf ? plainValue(node) : undefined) : null;
  const narrow = (hide: boolean) => (): void => {
    if (term) void panel.narrow(term, hide);
  };
  return [
    { type: 'item', label: 'Copy value', run: () => void panel.copy.text(node.value) },
    {
      type: 'item',
      label: 'Copy path',
      disabled: !tools,
      run: () => void panel.copy.text(tools?.termForJson(keys, undefined) ?? keys.join('.')),
    },
    { type: 'item', label: 'Expand all below', disabled: leaf, run: () => void expandAll(panel, tree, line) },
    { type: 'separator' },
    { type: 'item', label: 'Show only messages like this', disabled: !term, run: narrow(false) },
    { type: 'item', label: 'Hide messages like this', disabled: !term, run: narrow(true) },
  ];
}

async function expandAll(panel: Panel, tree: Tree, line: TreeLine & { type: 'node' }): Promise<void> {
  const all = await tree.expandAll(line.path, line.node);
  if (!all) panel.notices.info(`That is a lot: only about ${MOST_EXPANDED} values were opened`);
}

/** The names of a node and of those above it, from the root on; numbers are places in an array. Groups have none. */
function keysOf(line: TreeLine & { type: 'node' }, lines: readonly TreeLine[]): (string | number)[] {
  return line.path.flatMap((place, depth) => {
    const prefix = line.path.slice(0, depth + 1).join('.');
    const part = lines.find((each) => each.type === 'node' && each.path.join('.') === prefix);
    if (part?.type !== 'node') return [place];
    if (part.node.group) return [];
    return [/^\d+$/.test(part.node.name) ? Number(part.node.name) : part.node.name];
  });
}

/** What a leaf stands for in JSON; a value that JSON does not have is found by being there. */
function plainValue(node: TreeNode): unknown {
  if (node.type === 'string') return node.value;
  if (node.type === 'number') return Number(node.value);
  if (node.type === 'boolean') return node.value === 'true';
  return node.type === 'null' ? null : undefined;
}
