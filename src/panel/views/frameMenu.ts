import { isEvent } from '../grid/frameCells';
import type { MenuEntry } from '../state/menu';
import type { Panel } from '../state/panel';

/** Offers what can be done with the selected frames. */
export function openFrameMenu(panel: Panel, at: MouseEvent | HTMLElement): void {
  panel.filterTools.load().catch(panel.failed);
  panel.menu.open(() => frameMenu(panel), at);
}

function frameMenu(panel: Panel): MenuEntry[] {
  const row = panel.detail.focused();
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
    count === 2
      ? { type: 'item', label: 'Compare the two', run: () => void panel.compare.selected() }
      : {
          type: 'item',
          label: 'Compare with the previous of its kind',
          disabled: many,
          run: () => void comparePrevious(panel),
        },
    { type: 'item', label: row?.marked ? 'Remove mark' : 'Mark', hint: 'M', run: () => void panel.marks.toggle() },
    { type: 'item', label: 'Mark with a note…', run: () => panel.marks.askNote() },
    {
      type: 'item',
      label: row && row.frame === panel.reference.frame.peek() ? 'Stop measuring time' : 'Measure time from here',
      disabled: !row || many,
      run: () => panel.reference.set(row && row.frame !== panel.reference.frame.peek() ? row : null),
    },
    {
      type: 'item',
      label: 'Go to row or time…',
      hint: 'Ctrl+J',
      run: () => {
        panel.layout.goToOpen.value = true;
      },
    },
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

async function comparePrevious(panel: Panel): Promise<void> {
  const found = await panel.compare.withPrevious();
  if (!found) panel.notices.info('There is none of its kind before it');
}

/** Terms that are worth offering for a row; the first are the most telling. */
const MOST_OFFERS = 3;

function likeThis(panel: Panel): MenuEntry[] {
  const row = panel.detail.focused();
  // They come later than the menu where it is opened at once.
  const tools = panel.filterTools.tools.value;
  if (!row || !tools) return [];
  const shown = panel.detail.shown.peek();
  const whole = shown?.frame === row.frame && shown.head.length === shown.total && row.kind === 'text';
  // Without a byte order mark, as the filter reads it.
  const text = whole ? new TextDecoder().decode(shown.head) : null;
  const json = text === null ? undefined : parseJson(text);
  const offers = tools.termsForRow({ ...row, text, json }).slice(0, MOST_OFFERS);
  return [
    ...offers.map(
      ({ term, label }): MenuEntry => ({
        type: 'item',
        label: `Show only ${label}`,
        run: () => void panel.narrow(term, false),
      }),
    ),
    ...offers.map(
      ({ term, label }): MenuEntry => ({
        type: 'item',
        label: `Hide ${label}`,
        run: () => void panel.narrow(term, true),
      }),
    ),
    { type: 'separator' },
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: no path into it is offered.
    return undefined;
  }
}
