import { useEffect, useRef } from 'preact/hooks';
import { ConnectionsGridController } from '../grid/ConnectionsGridController';
import type { Panel } from '../state/panel';
import { ConnectionDetail } from './ConnectionDetail';
import { columnStyle } from './columnStyle';
import { connectionMenu } from './connectionMenu';
import { GridHeader } from './GridHeader';
import { Splitter } from './Splitter';

/** The connections of the log, and the detail of the selected one beneath. */
export function ConnectionsPane({ panel }: { panel: Panel }) {
  const { layout } = panel;
  const narrow = panel.environment.narrow.value;
  const selected = panel.connection.value;
  const connection = selected === null ? undefined : panel.log.byId.value.get(selected);
  return (
    <div
      class="connections-pane"
      style={
        narrow
          ? { height: `${layout.connectionsHeight.value + (connection ? layout.connectionHeight.value : 0)}px` }
          : { width: `${layout.connectionsWidth.value}px` }
      }
    >
      <ConnectionsGrid panel={panel} />
      {connection && (
        <>
          <Splitter label="Height of the connection's detail" axis="y" size={layout.connectionHeight} grows="before" />
          <ConnectionDetail panel={panel} connection={connection} />
        </>
      )}
    </div>
  );
}

function ConnectionsGrid({ panel }: { panel: Panel }) {
  const host = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const controller = useRef<ConnectionsGridController | null>(null);
  const columns = panel.connectionColumns.shown.value;
  const none = panel.log.connections.value.length === 0;

  useEffect(() => {
    const made = new ConnectionsGridController(panel, host.current!, spacer.current!);
    controller.current = made;
    return () => made.dispose();
  }, [panel]);

  const idOf = (event: Event): number | null => controller.current?.grid.drawnAt(event.target)?.row?.id ?? null;

  function onClick(event: MouseEvent): void {
    const id = idOf(event);
    if (id === null) return;
    const again = id === panel.connection.peek() && (event.ctrlKey || event.metaKey);
    panel.selectConnection(again ? null : id);
    controller.current?.grid.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('[role="columnheader"]')) return;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -Infinity,
      End: Infinity,
    };
    const id = panel.connection.peek();
    if (event.key in steps) controller.current?.move(steps[event.key]);
    else if (event.key === 'Escape' && id !== null) panel.selectConnection(null);
    else if (event.key === 'Enter' && id === null) controller.current?.move(0);
    else if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && id !== null)
      panel.menu.open(
        connectionMenu(panel, id),
        controller.current?.grid.elementOf(panel.log.connections.peek().findIndex((each) => each.id === id)) ??
          host.current!,
      );
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="connections">
      <div class="pane-head">
        <button
          type="button"
          class="all"
          aria-pressed={panel.connection.value === null}
          onClick={() => panel.selectConnection(null)}
        >
          All connections
        </button>
      </div>
      <div
        ref={host}
        class="grid"
        role="grid"
        aria-label="Connections"
        aria-colcount={columns.length}
        style={columnStyle(columns)}
        onClick={onClick}
        onContextMenu={(event) => {
          const id = idOf(event);
          if (id === null) return;
          event.preventDefault();
          panel.menu.open(connectionMenu(panel, id), event);
        }}
        onKeyDown={onKeyDown}
      >
        <GridHeader panel={panel} columns={panel.connectionColumns} />
        <div ref={spacer} class="grid-spacer" role="rowgroup" />
      </div>
      {none && <p class="empty small">No connections yet</p>}
      <Unseen panel={panel} />
    </div>
  );
}

/** Says what is missing in the place where a user would look for it. */
function Unseen({ panel }: { panel: Panel }) {
  const unseen = panel.recording.state.value?.unseen ?? [];
  if (!panel.log.live.value || unseen.length === 0) return null;
  return (
    <p class="unseen" title="The browser gives extensions no way to see these">
      Not seen: {unseen.join(', ')}
    </p>
  );
}
