import type { FrameRow } from '../../core/messages/store';
import { FLAG } from '../../core/model/frame';
import type { FrameColumnId } from '../state/columns';
import { formatBytes } from '../text/formatBytes';
import { formatCount } from '../text/formatCount';
import { formatClock, formatDuration } from '../text/formatTime';
import { visibleLine } from '../text/visibleText';
import { type CellPainter, setText } from './VirtualGrid';

/**
 * How each column of the frames is drawn.
 * @param nameOf the short name of a connection
 * @param since the time to measure from
 * @param isOpen whether more may come on a connection
 */
export function frameCells(
  ids: readonly FrameColumnId[],
  nameOf: (connection: number) => string,
  since: number | null,
  isOpen: (connection: number) => boolean,
): CellPainter<FrameRow>[] {
  const paint: Record<FrameColumnId, CellPainter<FrameRow>['paint']> = {
    direction: (cell, row) => {
      const text = directionText(row);
      setText(cell, text);
      if (cell.title !== text) cell.title = text;
    },
    time: (cell, row) => setText(cell, formatClock(row.time)),
    delta: (cell, row) =>
      setText(cell, row.delta === null ? '' : `${row.delta < 0 ? '' : '+'}${formatDuration(row.delta)}`),
    since: (cell, row) => setText(cell, since === null ? '' : formatDuration(row.time - since)),
    connection: (cell, row) => setText(cell, nameOf(row.connection)),
    latency: (cell, row) => paintLatency(cell, row, isOpen),
    length: (cell, row) => {
      setText(cell, formatCount(row.length));
      cell.title = row.length > 9999 ? formatBytes(row.length) : '';
    },
    kind: paintKind,
    data: paintData,
  };
  return ids.map((id) => ({ id, className: `cell col-${id}`, paint: paint[id] }));
}

function paintKind(cell: HTMLElement, { kind, messageKind }: FrameRow): void {
  const { text, title } = visibleLine(messageKind);
  setText(cell, text ? `${kind} · ${text}` : kind);
  if (cell.title !== title) cell.title = title;
}

function paintLatency(
  cell: HTMLElement,
  { pair, connection }: FrameRow,
  isOpen: (connection: number) => boolean,
): void {
  const missing = pair?.role === 'request' && pair.other === null;
  const waiting = missing && isOpen(connection);
  cell.classList.toggle('waiting', waiting);
  cell.classList.toggle('no-reply', missing && !waiting);
  setText(
    cell,
    missing ? (waiting ? 'waiting' : 'no reply') : pair?.latency == null ? '' : formatDuration(pair.latency),
  );
  cell.title =
    pair === null
      ? ''
      : missing
        ? 'A request without a reply'
        : `Answer${pair.role === 'reply' ? ' to' : 'ed by'} frame ${pair.other === null ? '' : pair.other + 1}`;
}

/** What the arrow means. Events of the connection have no direction. */
export function directionText(row: FrameRow): string {
  if (isEvent(row)) return 'Event';
  if (row.direction === 'received') return 'Received';
  return row.flags & FLAG.byUser ? 'Sent by you' : 'Sent';
}

export function isEvent(row: FrameRow): boolean {
  return row.kind !== 'text' && row.kind !== 'binary';
}

/** What must be said of a frame beside its content; empty for most. */
function remarkOf(row: FrameRow): string {
  if (row.flags & FLAG.failed) return 'not sent';
  if (row.flags & FLAG.dropped) return 'payload dropped';
  if (row.flags & FLAG.ring) return 'before recording';
  return '';
}

function paintData(cell: HTMLElement, row: FrameRow): void {
  const remark = remarkOf(row);
  const line = visibleLine(row.data);
  const hint = [row.note, line.title].filter(Boolean).join(' — ');
  if (cell.title !== hint) cell.title = hint;
  const [text, badge] = partsOf(cell);
  if (text.data !== line.text) text.data = line.text;
  const extra = [remark, row.note && `✎ ${row.note}`].filter(Boolean).join(' · ');
  if (badge.textContent !== extra) badge.textContent = extra;
  badge.hidden = !extra;
}

function partsOf(cell: HTMLElement): [Text, HTMLElement] {
  if (!cell.firstChild) {
    const badge = document.createElement('span');
    badge.className = 'badge';
    // Isolated: what is written from right to left must not turn the rest of the row.
    const payload = document.createElement('bdi');
    payload.append(document.createTextNode(''));
    cell.append(badge, payload);
  }
  return [cell.lastElementChild!.firstChild as Text, cell.firstElementChild as HTMLElement];
}
