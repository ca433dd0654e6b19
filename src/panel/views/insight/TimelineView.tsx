import type { Panel } from '../../state/panel';

/** Timeline of the selected connection, or of all. */
export function TimelineView({ panel }: { panel: Panel }) {
  const { connection } = panel;
  return (
    <p class="empty small">
      {connection.value === null ? 'All connections' : panel.connectionName(connection.value)}: nothing is shown here
      yet
    </p>
  );
}
