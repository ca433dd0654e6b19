import { computed, type Signal } from '@preact/signals';
import { isRecord } from '../../core/messages/rpc';
import type { ViewSpec } from '../../core/messages/store';
import { type PreferenceStorage, preference } from './preference';

export type FrameColumnId =
  | 'direction'
  | 'time'
  | 'delta'
  | 'since'
  | 'connection'
  | 'latency'
  | 'length'
  | 'kind'
  | 'data';

export interface ColumnState<Id extends string> {
  id: Id;
  /** In CSS pixels; the column that fills the rest has the least it may have. */
  width: number;
  hidden: boolean;
}

export type Sort = ViewSpec['sort'];

export interface ColumnDefinition<Id extends string> {
  id: Id;
  label: string;
  /** What it says, where the label does not. */
  title?: string;
  width: number;
  minWidth: number;
  /** Takes what the others leave. */
  fills?: boolean;
  /** Numbers stand at the right. */
  end?: boolean;
  sort?: Sort['column'];
  hidden?: boolean;
}

export const FRAME_COLUMNS: readonly ColumnDefinition<FrameColumnId>[] = [
  { id: 'direction', label: 'Direction', width: 28, minWidth: 22, sort: 'direction' },
  { id: 'time', label: 'Time', width: 92, minWidth: 40, sort: 'time' },
  {
    id: 'delta',
    label: 'Delta',
    title: 'Time since the frame shown before it; where not sorted by time, since the row above',
    width: 76,
    minWidth: 40,
    end: true,
    hidden: true,
  },
  { id: 'since', label: 'Since', width: 84, minWidth: 40, end: true },
  { id: 'connection', label: 'Connection', width: 110, minWidth: 40 },
  { id: 'latency', label: 'Latency', width: 76, minWidth: 40, end: true },
  { id: 'length', label: 'Length', width: 78, minWidth: 40, end: true, sort: 'length' },
  { id: 'kind', label: 'Kind', width: 130, minWidth: 40, sort: 'kind' },
  { id: 'data', label: 'Data', width: 120, minWidth: 80, fills: true },
];

export type Columns<Id extends string> = ReturnType<typeof createColumns<Id>>;

/** Order, width and visibility of columns, remembered. `unavailable` columns are not shown whatever the user chose. */
export function createColumns<Id extends string>(
  storage: PreferenceStorage,
  key: string,
  definitions: readonly ColumnDefinition<Id>[],
  unavailable: () => readonly Id[] = () => [],
) {
  const initial = definitions.map(({ id, width, hidden }) => ({ id, width, hidden: hidden ?? false }));
  const list: Signal<readonly ColumnState<Id>[]> = preference(storage, key, initial, (stored) =>
    parse(stored, definitions),
  );
  const change = (id: Id, update: (column: ColumnState<Id>) => ColumnState<Id>): void => {
    list.value = list.peek().map((column) => (column.id === id ? update(column) : column));
  };
  const definition = (id: Id): ColumnDefinition<Id> => definitions.find((each) => each.id === id)!;
  return {
    list,
    definition,
    shown: computed(() => {
      const without = unavailable();
      return list.value
        .filter((column) => !column.hidden && !without.includes(column.id))
        .map((column) => ({ ...definition(column.id), ...column }));
    }),
    resize(id: Id, width: number) {
      change(id, (column) => ({
        ...column,
        width: Math.round(Math.max(definition(id).minWidth, Math.min(2000, width))),
      }));
    },
    toggle(id: Id) {
      change(id, (column) => ({ ...column, hidden: !column.hidden }));
    },
    /** Moves a column by `by` places among those that are shown. */
    move(id: Id, by: -1 | 1) {
      const order = [...list.peek()];
      const from = order.findIndex((column) => column.id === id);
      const without = unavailable();
      let to = from + by;
      while (order[to] && (order[to].hidden || without.includes(order[to].id))) to += by;
      if (!order[to]) return;
      const [column] = order.splice(from, 1);
      order.splice(to, 0, column);
      list.value = order;
    },
    reset() {
      list.value = initial;
    },
  };
}

function parse<Id extends string>(
  stored: unknown,
  definitions: readonly ColumnDefinition<Id>[],
): ColumnState<Id>[] | undefined {
  if (!Array.isArray(stored)) return undefined;
  const found: ColumnState<Id>[] = [];
  for (const each of stored) {
    if (!isRecord(each)) continue;
    const definition = definitions.find(({ id }) => id === each.id);
    if (!definition || found.some(({ id }) => id === definition.id)) continue;
    const width = typeof each.width === 'number' && each.width >= definition.minWidth ? each.width : definition.width;
    found.push({ id: definition.id, width: Math.min(width, 2000), hidden: each.hidden === true });
  }
  // A column that is newer than what was stored comes where it stands in the definitions.
  definitions.forEach(({ id, width, hidden }, index) => {
    if (!found.some((column) => column.id === id)) found.splice(index, 0, { id, width, hidden: hidden ?? false });
  });
  return found;
}
