import type { Panel } from '../../state/panel';

/** Health of the selected connection, or of all. */
export function HealthView({ panel }: { panel: Panel }) {
  const { connection } = panel;
  return (
    <p class="empty small">
      {connection.value === null ? 'All connections' : panel.connectionName(connection.value)}: nothing is shown here
      yet
    </p>
  );
}
