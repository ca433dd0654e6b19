import { isEvent } from '../grid/frameCells';
import type { MenuEntry } from '../state/menu';
import type { Panel } from '../state/panel';

/** What can be done with the selected frames. */
export function frameMenu(panel: Panel): MenuEntry[] {
  const row = panel.marks.focused();
  const count = panel.selection.size.peek();
  const many = count > 1;
  const event = !many && row !== undefined && isEvent(row);
  const live = panel.log.live.peek();
  return [
    { type: 'item', label: 'Copy as text', hint: 'Ctrl+C', run: () => void panel.copy.frames('text') },
    { type: 'item', label: 'Copy as base64', run: () => void panel.copy.frames('base64') },
    { type: 'item', label: 'Copy as hex', run: () => void panel.copy.frames('hex') },
    { type: 'item', label: many ? 'Copy rows as JSON' : 'Copy row as JSON', run: () => void panel.copy.frames('json') },
    { type: 'separator' },
    {
      type: 'item',
      label: many ? `Replay ${count} frames` : 'Replay',
      disabled: event || !live,
      run: () => void panel.replay.selected(),
    },
    { type: 'item', label: 'Edit and send', disabled: event || many || !live, run: () => void panel.editAndSend() },
    { type: 'separator' },
    ...likeThis(panel),
    { type: 'item', label: row?.marked ? 'Remove mark' : 'Mark', hint: 'M', run: () => void panel.marks.toggle() },
    { type: 'item', label: 'Mark with a note…', run: () => panel.marks.askNote() },
    {
      type: 'item',
      label: 'Show its connection',
      disabled: !row,
      run: () => row && panel.selectConnection(row.connection),
    },
    { type: 'separator' },
    { type: 'item', label: 'Clear', hint: 'Ctrl+K', disabled: !live, run: panel.clear },
  ];
}

function likeThis(panel: Panel): MenuEntry[] {
  const row = panel.marks.focused();
  if (!row) return [];
  const term = row.messageKind ? `kind:${quote(row.messageKind)}` : `kind:${row.kind} dir:${row.direction}`;
  const hide = row.messageKind ? `-kind:${quote(row.messageKind)}` : `-kind:${row.kind}`;
  const what = row.messageKind || row.kind;
  return [
    { type: 'item', label: `Show only “${short(what)}”`, run: () => panel.filter.add(term) },
    { type: 'item', label: `Hide “${short(what)}”`, run: () => panel.filter.add(hide) },
    { type: 'separator' },
  ];
}

function quote(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : JSON.stringify(text);
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
