import type { MenuEntry } from '../state/menu';
import type { Panel } from '../state/panel';
import { countOf } from '../text/formatCount';

/** Scopes first, then the formats, which save at once. */
export function exportMenu(panel: Panel): MenuEntry[] {
  const { exporting } = panel;
  const scope = exporting.scope.value;
  return [
    { type: 'heading', label: 'What' },
    ...exporting.scopes.value.map(
      ({ id, label, count }): MenuEntry => ({
        type: 'radio',
        label: `${label} (${countOf(count, 'frame')})`,
        checked: id === scope,
        disabled: count === 0 && id !== 'all',
        stays: true,
        run: () => exporting.choose(id),
      }),
    ),
    { type: 'separator' },
    { type: 'heading', label: 'Save as' },
    ...exporting.formats.value.map(
      ({ id, label }): MenuEntry => ({ type: 'item', label, run: () => void exporting.save(id, label) }),
    ),
  ];
}
