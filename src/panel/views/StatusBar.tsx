import type { Panel } from '../state/panel';
import { formatBytes } from '../text/formatBytes';
import { countOf, formatCount } from '../text/formatCount';

/** How much was recorded, and how much of it is shown. */
export function StatusBar({ panel }: { panel: Panel }) {
  const { counts } = panel.log;
  const { frames, connections, bytes, dropped } = counts.value;
  const view = panel.frames.state.value;
  const filtered = panel.filtered.value;
  const selected = panel.selection.size.value;
  const scanning = view.scanned < view.total;
  const parts = [countOf(frames, 'frame'), countOf(connections, 'connection'), formatBytes(bytes)];
  if (dropped) parts.push(`${formatCount(dropped)} dropped`);
  return (
    <footer class="status-bar">
      {/* Many times a second in a flood: it is there to be read, not to be read out. */}
      <span role="status" aria-label="Counts" aria-live="off" class={dropped ? 'has-dropped' : ''}>
        {parts.join(' · ')}
      </span>
      {filtered && <span class="shown">{countOf(view.rows, 'row')} shown</span>}
      {scanning && <span class="scanning">searched {Math.floor((view.scanned / view.total) * 100)} %</span>}
      {selected > 1 && <span>{formatCount(selected)} selected</span>}
    </footer>
  );
}
