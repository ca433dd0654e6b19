import type { Columns } from '../state/columns';
import type { MenuEntry } from '../state/menu';

/** What can be done with the columns of a grid, from the header of one of them. */
export function columnMenu<Id extends string>(columns: Columns<Id>, id: Id): MenuEntry[] {
  const all = columns.list.peek();
  const shown = columns.shown.peek();
  const at = shown.findIndex((column) => column.id === id);
  const width = all.find((column) => column.id === id)!.width;
  return [
    ...all.map((column): MenuEntry => {
      const { label } = columns.definition(column.id);
      return {
        type: 'checkbox',
        label,
        checked: !column.hidden,
        // One column stays, or there would be no header to open this menu on.
        disabled: !column.hidden && shown.length === 1,
        run: () => columns.toggle(column.id),
      };
    }),
    { type: 'separator' },
    { type: 'item', label: 'Move left', disabled: at <= 0, run: () => columns.move(id, -1) },
    { type: 'item', label: 'Move right', disabled: at === shown.length - 1, run: () => columns.move(id, 1) },
    { type: 'item', label: 'Wider', run: () => columns.resize(id, width + 40) },
    { type: 'item', label: 'Narrower', run: () => columns.resize(id, width - 40) },
    { type: 'separator' },
    { type: 'item', label: 'Reset columns', run: columns.reset },
  ];
}
