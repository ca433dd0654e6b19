import type { MenuEntry } from '../state/menu';
import type { Panel } from '../state/panel';

/** The named filters: to use one, to name the present one, to remove one. */
export function savedFiltersMenu(panel: Panel): MenuEntry[] {
  const { filter, savedFilters } = panel;
  const list = savedFilters.list.value;
  const { query } = filter.combined.value;
  const current = list.find((saved) => saved.query === query);
  return [
    ...list.map(
      (saved): MenuEntry => ({
        type: 'radio',
        label: saved.site === null ? saved.name : `${saved.name} (this site)`,
        checked: saved === current,
        run: () => {
          filter.clear();
          filter.text.value = saved.query;
        },
      }),
    ),
    ...(list.length ? [{ type: 'separator' } as const] : []),
    {
      type: 'item',
      label: 'Save this filter…',
      disabled: !query || current !== undefined,
      run: () => {
        savedFilters.naming.value = true;
      },
    },
    {
      type: 'item',
      label: current ? `Remove “${current.name}”` : 'Remove the saved filter',
      disabled: !current,
      run: () => current && savedFilters.remove(current),
    },
  ];
}
