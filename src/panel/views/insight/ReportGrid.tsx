import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ReportGridController } from '../../grid/ReportGridController';
import type { CellPainter } from '../../grid/VirtualGrid';
import type { Columns } from '../../state/columns';
import type { Panel } from '../../state/panel';
import { columnStyle } from '../columnStyle';
import { GridHeader } from '../GridHeader';

interface ReportGridProps<T, Id extends string> {
  panel: Panel;
  label: string;
  columns: Columns<Id>;
  rows: readonly T[];
  paint: Record<Id, CellPainter<T>['paint']>;
  keyOf(row: T): string;
  classOf(row: T): string;
  /** The query of a row; `null` where there is none. */
  filterOf(row: T): string | null;
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** A list that tells something of the log. A row filters the frames; again, or Escape, takes that back. */
export function ReportGrid<T, Id extends string>(props: ReportGridProps<T, Id>) {
  const { panel, label, columns, paint, keyOf, classOf, filterOf } = props;
  const { insightFilter } = panel;
  const host = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const controller = useRef<ReportGridController<T> | null>(null);
  const rows = useSignal(props.rows);
  rows.value = props.rows;
  const painters = useComputed(() =>
    columns.shown.value.map(({ id }): CellPainter<T> => ({ id, className: `cell col-${id}`, paint: paint[id] })),
  );
  const shown = columns.shown.value;

  useEffect(() => {
    const made = new ReportGridController<T>({
      host: host.current!,
      spacer: spacer.current!,
      rows,
      painters,
      keyOf,
      classOf,
      selected: insightFilter.active,
    });
    controller.current = made;
    return () => made.dispose();
  }, [rows, painters, keyOf, classOf, insightFilter]);

  const toggle = (row: T | undefined): void => {
    const term = row === undefined ? null : filterOf(row);
    if (row !== undefined && term !== null) void insightFilter.toggle(keyOf(row), term);
  };

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('[role="columnheader"]')) return;
    if (event.key in STEPS) controller.current?.move(STEPS[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') toggle(controller.current?.activeRow());
    else if (event.key === 'Escape') {
      if (!insightFilter.undo()) return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={host}
      class="grid"
      role="grid"
      aria-label={label}
      aria-colcount={shown.length}
      style={columnStyle(shown)}
      onClick={(event) => {
        toggle(controller.current?.rowAt(event.target));
        if (!(event.target as Element).closest('[role="columnheader"]')) controller.current?.grid.focus();
      }}
      onKeyDown={onKeyDown}
    >
      <GridHeader panel={panel} columns={columns} />
      <div ref={spacer} class="grid-spacer" role="rowgroup" />
    </div>
  );
}
