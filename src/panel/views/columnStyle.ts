import type { ColumnDefinition, ColumnState } from '../state/columns';

/** Widths of columns as custom properties, one for each, so that a drag changes one style and no row. */
export function columnStyle<Id extends string>(columns: readonly (ColumnDefinition<Id> & ColumnState<Id>)[]): string {
  return columns.map((column) => `--w-${column.id}:${column.width}px`).join(';');
}
