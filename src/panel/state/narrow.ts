import { signal } from '@preact/signals';

/** Below this many CSS pixels the panes are stacked. */
const NARROW = 600;

/** Whether the panel is too narrow for panes side by side; follows the window. */
export function watchNarrow(target: Pick<Window, 'matchMedia'>) {
  const query = target.matchMedia(`(max-width: ${NARROW}px)`);
  const narrow = signal(query.matches);
  query.addEventListener('change', (event) => {
    narrow.value = event.matches;
  });
  return narrow;
}
