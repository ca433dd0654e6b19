import type { MenuEntry } from '../state/menu';
import type { Panel } from '../state/panel';

/** What can be done with a connection. */
export function connectionMenu(panel: Panel, id: number): MenuEntry[] {
  const connection = panel.log.byId.peek().get(id);
  if (!connection) return [];
  const writable = panel.log.live.peek() && connection.state === 'open' && !connection.readOnly;
  return [
    { type: 'item', label: 'Show only this connection', run: () => panel.selectConnection(id) },
    { type: 'item', label: 'Show all connections', run: () => panel.selectConnection(null) },
    { type: 'separator' },
    { type: 'item', label: 'Copy URL', run: () => void panel.copy.text(connection.url) },
    {
      type: 'item',
      label: 'Compose a message',
      disabled: !writable,
      run: () => {
        panel.layout.showComposer.value = true;
        panel.composer.chosen.value = id;
        panel.composer.wanted.value++;
      },
    },
    {
      type: 'item',
      label: 'Close the connection (1000)',
      disabled: !writable,
      run: () => {
        panel.link.recorder.call('closeConnection', { connection: id, code: 1000, reason: '' }).catch(panel.failed);
      },
    },
  ];
}
