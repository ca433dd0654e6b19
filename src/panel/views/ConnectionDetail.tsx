import { useEffect } from 'preact/hooks';
import type { Connection } from '../../core/model/connection';
import type { ConnectionTab } from '../state/layout';
import type { Panel } from '../state/panel';
import { ConnectionGeneral } from './ConnectionGeneral';
import { ConnectionHandshake } from './ConnectionHandshake';
import { ConnectionTiming } from './ConnectionTiming';
import { StackView } from './StackView';
import { type TabDefinition, Tabs } from './Tabs';
import { ToolButton } from './ToolButton';

const TABS: readonly TabDefinition<ConnectionTab>[] = [
  { id: 'general', label: 'General' },
  { id: 'handshake', label: 'Handshake' },
  { id: 'timing', label: 'Timing' },
  { id: 'initiator', label: 'Initiator' },
];

/** All that is known of the selected connection. */
export function ConnectionDetail({ panel, connection }: { panel: Panel; connection: Connection }) {
  const { layout } = panel;
  const tab = layout.connectionTab.value;
  const missing = connection.handshake === null && connection.source === 'page' && panel.log.live.value;
  useEffect(() => {
    if (missing) panel.link.recorder.call('lookUpHandshake', { connection: connection.id }).catch(panel.failed);
  }, [panel, connection.id, missing]);
  return (
    <section
      class="connection-detail detail"
      aria-label="Connection"
      style={{ height: `${layout.connectionHeight.value}px` }}
    >
      <Tabs
        name="connection"
        label="Connection"
        tabs={TABS}
        selected={layout.connectionTab}
        extra={
          <ToolButton
            icon="close"
            label="Close the connection's detail"
            title="Show all connections"
            onClick={() => panel.selectConnection(null)}
          />
        }
      >
        {tab === 'general' && <ConnectionGeneral panel={panel} connection={connection} />}
        {tab === 'handshake' && <ConnectionHandshake connection={connection} />}
        {tab === 'timing' && <ConnectionTiming connection={connection} />}
        {tab === 'initiator' && <StackView panel={panel} stack={connection.initiator} />}
      </Tabs>
    </section>
  );
}
