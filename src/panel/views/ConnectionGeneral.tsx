import type { Connection } from '../../core/model/connection';
import { stateText } from '../grid/connectionCells';
import type { Panel } from '../state/panel';
import { formatBytes } from '../text/formatBytes';
import { countOf } from '../text/formatCount';
import { Facts } from './Facts';

/** What a connection is and what it carried. */
export function ConnectionGeneral({ panel, connection }: { panel: Panel; connection: Connection }) {
  const document = panel.log.documents.value.find((each) => each.id === connection.document);
  const { close } = connection;
  return (
    <Facts
      facts={[
        ['URL', connection.url],
        ['State', stateText(connection)],
        ['Why it failed', connection.failure],
        ['Subprotocol', connection.protocol],
        ['Subprotocols asked for', connection.protocols.join(', ')],
        ['Extensions', connection.extensions],
        [
          'Closed',
          close &&
            `${close.code}${close.reason ? ` “${close.reason}”` : ''}, ${close.wasClean ? 'cleanly' : 'not cleanly'}, by ${close.by}`,
        ],
        ['Sent', `${countOf(connection.sentFrames, 'frame')}, ${formatBytes(connection.sentBytes)}`],
        ['Received', `${countOf(connection.receivedFrames, 'frame')}, ${formatBytes(connection.receivedBytes)}`],
        ['Opened by', connection.byUser ? 'you, from Framescope' : 'the page'],
        ['Where', document && `${document.kind} ${document.url}`],
        ['Within', document?.ancestors.join(' in ')],
        ['Access', connection.readOnly ? 'Read only: nothing can be sent on it from here' : ''],
      ]}
    />
  );
}
