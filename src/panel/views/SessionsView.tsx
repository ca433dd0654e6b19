import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionInfo } from '../../core/model/session';
import type { Panel } from '../state/panel';
import { formatBytes } from '../text/formatBytes';
import { formatCount } from '../text/formatCount';
import { formatMinute } from '../text/formatTime';
import { Empty } from './EmptyFrames';
import { SessionBudget } from './SessionBudget';
import { ToolButton } from './ToolButton';
import { VisibleText } from './VisibleText';

const COLUMNS = ['Name', 'Site', 'Time', 'Connections', 'Frames', 'Size', 'Actions'];

/** The list of earlier sessions. */
export function SessionsView({ panel }: { panel: Panel }) {
  const { sessions, storage } = panel;
  const list = sessions.list.value;
  const [active, setActive] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const view = useRef<HTMLElement>(null);
  /** The session that is being deleted with the focus in its row. */
  const leaving = useRef('');
  const stored = storage.state.value;
  const row = Math.min(active, Math.max(0, (list?.length ?? 0) - 1));

  useLayoutEffect(() => {
    const element = view.current!;
    return () => {
      // The frames are hidden until all of this is drawn.
      if (element.contains(document.activeElement)) queueMicrotask(() => panel.focusFrames.current());
    };
  }, [panel]);

  useEffect(() => {
    if (!list || !leaving.current || list.some(({ id }) => id === leaving.current)) return;
    leaving.current = '';
    if (list.length) focusRow(row);
    else view.current?.querySelector<HTMLElement>('.toolbar > .tool')?.focus();
  }, [list]);

  function focusRow(next: number): void {
    setActive(next);
    body.current?.querySelectorAll<HTMLElement>('[role="row"]')[next]?.focus();
  }

  return (
    <section ref={view} class="sessions" aria-label="Sessions">
      <div class="toolbar">
        <b>Sessions</b>
        {stored && <span class="quiet">{formatBytes(stored.usedBytes)} on disk</span>}
        <SessionBudget panel={panel} />
        <span class="spring" />
        <ToolButton icon="close" label="Back to the frames" onClick={sessions.toggle} />
      </div>
      <div class="session-grid" role="grid" aria-label="Sessions" aria-rowcount={(list?.length ?? 0) + 1}>
        <div role="rowgroup" class="session-head">
          <div role="row" aria-rowindex={1} class="session-row">
            {COLUMNS.map((label) => (
              <div key={label} role="columnheader" class="cell">
                {label}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" ref={body}>
          {list?.map((session, at) => (
            <SessionRow
              key={session.id}
              panel={panel}
              session={session}
              index={at}
              active={at === row}
              focusRow={(next) => focusRow(Math.max(0, Math.min(list.length - 1, next)))}
              remove={() => {
                setActive(at);
                leaving.current = session.id;
                void sessions.delete([session.id]);
              }}
            />
          ))}
        </div>
      </div>
      {list?.length === 0 && (
        <Empty
          title="No earlier sessions"
          text="What is recorded is kept here once DevTools is closed. A navigation clears the log, unless Keep log is on."
        />
      )}
    </section>
  );
}

interface SessionRowProps {
  panel: Panel;
  session: SessionInfo;
  index: number;
  active: boolean;
  focusRow(index: number): void;
  remove(): void;
}

function SessionRow({ panel, session, index, active, focusRow, remove }: SessionRowProps) {
  const { sessions } = panel;
  const [renaming, setRenaming] = useState(false);
  const shown = panel.log.session.value?.id === session.id;
  const title = session.name || session.importedFrom || session.site || 'session';

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowDown') focusRow(index + 1);
    else if (event.key === 'ArrowUp') focusRow(index - 1);
    else if (event.key === 'Home') focusRow(0);
    else if (event.key === 'End') focusRow(Number.MAX_SAFE_INTEGER);
    else if (event.key === 'Enter' && !session.live) void sessions.view(session.id);
    else if (event.key === 'F2') setRenaming(true);
    else if (event.key === 'Delete' && !session.live) remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={shown}
      class="session-row"
      tabIndex={active ? 0 : -1}
      onKeyDown={onKeyDown}
      onDblClick={() => !session.live && !renaming && void sessions.view(session.id)}
    >
      <div role="gridcell" class="cell">
        {renaming ? (
          <Rename
            value={session.name}
            done={(name) => {
              setRenaming(false);
              if (name !== null && name !== session.name) void sessions.rename(session.id, name);
            }}
          />
        ) : (
          <>
            <VisibleText text={title} />
            {session.live && <span class="badge">recording</span>}
            {session.importedFrom && <span class="badge">imported</span>}
          </>
        )}
      </div>
      <div role="gridcell" class="cell">
        <VisibleText text={session.site} />
      </div>
      <div role="gridcell" class="cell">
        {formatMinute(session.startedAt)}
      </div>
      <div role="gridcell" class="cell number">
        {formatCount(session.connections)}
      </div>
      <div role="gridcell" class="cell number">
        {formatCount(session.frames)}
      </div>
      <div role="gridcell" class="cell number">
        {formatBytes(session.bytes)}
      </div>
      <div role="gridcell" class="cell session-actions">
        <ToolButton
          icon="open"
          label="Open"
          text="Open"
          disabled={session.live}
          title={session.live ? 'It is being recorded' : 'Open, read only'}
          onClick={() => void sessions.view(session.id)}
        />
        <ToolButton icon="edit" label="Rename" title="Rename (F2)" onClick={() => setRenaming(true)} />
        <ToolButton
          icon="pin"
          label="Pin"
          title="Keep when old sessions are removed"
          pressed={session.pinned}
          onClick={() => void sessions.pin(session.id, !session.pinned)}
        />
        <ToolButton
          icon="trash"
          label="Delete"
          title={session.live ? 'It is being recorded' : 'Delete'}
          disabled={session.live}
          onClick={remove}
        />
      </div>
    </div>
  );
}

function Rename({ value, done }: { value: string; done(name: string | null): void }) {
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  useEffect(() => input.current?.select(), []);
  const end = (name: string | null): void => {
    if (ended.current) return;
    ended.current = true;
    done(name);
  };
  return (
    <input
      ref={input}
      type="text"
      aria-label="Name"
      defaultValue={value}
      maxLength={200}
      onBlur={(event) => end(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(event.currentTarget.value.trim());
        else if (event.key === 'Escape') end(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
