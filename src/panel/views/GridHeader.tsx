import type { Signal } from '@preact/signals';
import type { ColumnDefinition, ColumnState, Columns, Sort } from '../state/columns';
import type { Panel } from '../state/panel';
import { columnMenu } from './columnMenu';

interface GridHeaderProps<Id extends string> {
  panel: Panel;
  columns: Columns<Id>;
  sort?: Signal<Sort>;
}

/** The row of column names: sorts, resizes, and opens the menu of the columns. */
export function GridHeader<Id extends string>({ panel, columns, sort }: GridHeaderProps<Id>) {
  const shown = columns.shown.value;
  return (
    <div class="grid-header" role="rowgroup">
      <div class="row" role="row" aria-rowindex={1}>
        {shown.map((column, at) => (
          <HeaderCell key={column.id} panel={panel} columns={columns} sort={sort} column={column} at={at} />
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps<Id extends string> extends GridHeaderProps<Id> {
  column: ColumnDefinition<Id> & ColumnState<Id>;
  at: number;
}

function HeaderCell<Id extends string>({ panel, columns, sort, column, at }: HeaderCellProps<Id>) {
  const sorted = column.sort && sort?.value.column === column.sort ? sort.value : null;
  const order = sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none';

  function toggleSort(): void {
    if (!column.sort || !sort) return;
    sort.value = { column: column.sort, descending: sorted ? !sorted.descending : false };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const forward = event.key === 'ArrowRight';
    if (event.key === 'Enter' || event.key === ' ') toggleSort();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      panel.menu.open(columnMenu(columns, column.id), event.currentTarget as HTMLElement);
    else if ((forward || event.key === 'ArrowLeft') && event.altKey)
      columns.resize(column.id, column.width + (forward ? 8 : -8));
    else if ((forward || event.key === 'ArrowLeft') && event.shiftKey) columns.move(column.id, forward ? 1 : -1);
    else if (forward || event.key === 'ArrowLeft') {
      const cell = event.currentTarget as HTMLElement;
      ((forward ? cell.nextElementSibling : cell.previousElementSibling) as HTMLElement | null)?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      role="columnheader"
      class={`cell col-${column.id}${column.sort ? ' sortable' : ''}${column.width < 32 ? ' slim' : ''}`}
      aria-colindex={at + 1}
      aria-sort={column.sort ? order : undefined}
      title={column.title ?? column.label}
      tabIndex={at === 0 ? 0 : -1}
      onClick={toggleSort}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        panel.menu.open(columnMenu(columns, column.id), event);
      }}
    >
      <span class="label">{column.label}</span>
      {sorted && <span class={`sort ${order}`} aria-hidden="true" />}
      {!column.fills && (
        <span
          class="resize"
          aria-hidden="true"
          onClick={(event) => event.stopPropagation()}
          onPointerDown={(event) => dragWidth(event, column.width, (width) => columns.resize(column.id, width))}
        />
      )}
    </div>
  );
}

function dragWidth(event: PointerEvent, width: number, resize: (width: number) => void): void {
  const handle = event.currentTarget as HTMLElement;
  event.preventDefault();
  event.stopPropagation();
  const end = new AbortController();
  const { signal } = end;
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener('pointermove', (move) => resize(width + move.clientX - event.clientX), { signal });
  handle.addEventListener('lostpointercapture', () => end.abort(), { signal });
}
