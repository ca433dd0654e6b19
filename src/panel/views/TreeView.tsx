import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { NodeTerm } from '../../core/filter/term-for';
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
    // It comes a moment later than the menu.
    const found = signal<NodeTerm | null>(null);
    tree.termFor(line.path).then((term) => {
      found.value = term;
    }, panel.failed);
    panel.menu.open(() => nodeMenu(panel, tree, line, found.value), at);
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

function nodeMenu(panel: Panel, tree: Tree, line: TreeLine & { type: 'node' }, found: NodeTerm | null): MenuEntry[] {
  const { node } = line;
  const path = found?.path;
  const term = found?.term;
  const narrow = (label: string, hide: boolean): MenuEntry => ({
    type: 'item',
    label,
    disabled: !term,
    title: term === null ? 'No filter finds this value' : undefined,
    run: () => void (term && panel.narrow(term, hide)),
  });
  return [
    { type: 'item', label: 'Copy value', run: () => void panel.copy.text(node.value) },
    {
      type: 'item',
      label: 'Copy path',
      disabled: !path,
      title: path === null ? 'No path of the filter leads to this value' : undefined,
      run: () => void (path && panel.copy.text(path)),
    },
    {
      type: 'item',
      label: 'Expand all below',
      disabled: node.size === 0,
      run: () => void expandAll(panel, tree, line),
    },
    { type: 'separator' },
    narrow('Show only messages like this', false),
    narrow('Hide messages like this', true),
  ];
}

async function expandAll(panel: Panel, tree: Tree, line: TreeLine & { type: 'node' }): Promise<void> {
  const all = await tree.expandAll(line.path, line.node);
  if (!all) panel.notices.info(`That is a lot: only about ${MOST_EXPANDED} values were opened`);
}
