import type { Connection } from '../../core/model/connection';
import type { ConnectionColumnId } from '../state/connectionColumns';
import { formatBytes } from '../text/formatBytes';
import { formatCount } from '../text/formatCount';
import { formatDuration } from '../text/formatTime';
import { shortUrl } from '../text/shortUrl';
import { type CellPainter, setText } from './VirtualGrid';

/** How each column of the connections is drawn. `now` is ms since the epoch. */
export function connectionCells(ids: readonly ConnectionColumnId[], now: () => number): CellPainter<Connection>[] {
  const paint: Record<ConnectionColumnId, CellPainter<Connection>['paint']> = {
    name: (cell, connection) => {
      setText(cell, shortUrl(connection.url));
      cell.title = `#${connection.id} ${connection.url}`;
    },
    state: (cell, connection) => {
      setText(cell, stateText(connection));
      cell.title = connection.failure ?? '';
    },
    sent: (cell, connection) => setText(cell, formatCount(connection.sentFrames)),
    received: (cell, connection) => setText(cell, formatCount(connection.receivedFrames)),
    bytes: (cell, connection) => setText(cell, formatBytes(connection.sentBytes + connection.receivedBytes)),
    age: (cell, connection) => setText(cell, ageText(connection, now())),
  };
  return ids.map((id) => ({ id, className: `cell col-${id}`, paint: paint[id] }));
}

/** The state in words; a handshake that failed is told apart. */
export function stateText(connection: Connection): string {
  if (connection.failure) return 'failed';
  if (connection.state === 'closed' && connection.close) return `closed ${connection.close.code}`;
  return connection.state;
}

function ageText(connection: Connection, now: number): string {
  return formatDuration(Math.max(0, (connection.closedAt ?? now) - connection.createdAt));
}
