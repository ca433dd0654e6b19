import { signal } from '@preact/signals';
import { asBoolean, asNumberWithin, asOneOf, type PreferenceStorage, preference } from './preference';

export type Dock = 'bottom' | 'right';
export type ConnectionTab = 'general' | 'handshake' | 'timing' | 'initiator';
export type FrameTab = 'decoded' | 'text' | 'hex' | 'image' | 'initiator';

/** Where the panes are and how large, as the user left them. Sizes in CSS pixels. */
export function createLayout(storage: PreferenceStorage) {
  return {
    connectionsWidth: preference(storage, 'connectionsWidth', 404, asNumberWithin(80, 4000)),
    connectionsHeight: preference(storage, 'connectionsHeight', 110, asNumberWithin(60, 4000)),
    connectionHeight: preference(storage, 'connectionHeight', 260, asNumberWithin(60, 4000)),
    detailHeight: preference(storage, 'detailHeight', 240, asNumberWithin(60, 4000)),
    detailWidth: preference(storage, 'detailWidth', 420, asNumberWithin(80, 4000)),
    dock: preference<Dock>(storage, 'dock', 'bottom', asOneOf('bottom', 'right')),
    showConnections: preference(storage, 'showConnections', true, asBoolean),
    showBytes: preference(storage, 'showBytes', false, asBoolean),
    pretty: preference(storage, 'pretty', false, asBoolean),
    showComposer: preference(storage, 'showComposer', true, asBoolean),
    frameTab: preference<FrameTab>(
      storage,
      'frameTab',
      'decoded',
      asOneOf('decoded', 'text', 'hex', 'image', 'initiator'),
    ),
    connectionTab: preference<ConnectionTab>(
      storage,
      'connectionTab',
      'handshake',
      asOneOf('general', 'handshake', 'timing', 'initiator'),
    ),
    detailOpen: signal(true),
    helpOpen: signal(false),
    goToOpen: signal(false),
  };
}
