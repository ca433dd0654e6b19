import type { FrameRow } from '../../core/messages/store';
import type { Panel } from '../state/panel';
import { openFrameMenu } from '../views/frameMenu';
import { ROW_HEIGHT } from './FramesGridController';
import type { VirtualGrid } from './VirtualGrid';

/** The keys of the list of frames. */
export function handleFrameKey(event: KeyboardEvent, panel: Panel, grid: VirtualGrid<FrameRow>): void {
  if (event.target instanceof Element && event.target.closest('[role="columnheader"]')) return;
  const command = event.ctrlKey || event.metaKey;
  const row = targetRow(event.key, panel, grid);
  if (row !== null && !(command && event.key.startsWith('Arrow'))) {
    event.preventDefault();
    go(panel, grid, row, event.shiftKey);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    panel.openDetail();
  } else if (event.key === 'a' && command) {
    event.preventDefault();
    panel.selection.all();
  } else if (event.key === 'c' && command && !window.getSelection()?.toString()) {
    event.preventDefault();
    void panel.copy.frames('text');
  } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    event.preventDefault();
    const element = grid.elementOf(panel.selection.focus.peek()?.row ?? -1);
    openFrameMenu(panel, element ?? grid.scroller.host);
  } else if (event.key === ' ' && command) {
    event.preventDefault();
    const focus = panel.selection.focus.peek();
    if (focus) panel.selection.toggle(focus);
  } else if (event.key === 'Escape' && panel.selection.size.peek()) {
    event.preventDefault();
    panel.selection.clear();
  } else if (event.key === 'm' && !command && !event.altKey) {
    void panel.marks.toggle();
  }
}

function targetRow(key: string, panel: Panel, grid: VirtualGrid<FrameRow>): number | null {
  const rows = panel.frames.state.peek().rows;
  if (!rows) return null;
  const { first, last } = grid.scroller.visible();
  const row = panel.selection.row();
  const current = row >= 0 ? row : null;
  const page = grid.scroller.pageSize - 1;
  const within = (row: number): number => Math.max(0, Math.min(rows - 1, row));
  switch (key) {
    case 'ArrowDown':
      return within(current === null ? first : current + 1);
    case 'ArrowUp':
      return within(current === null ? last - 1 : current - 1);
    case 'PageDown':
      return within((current ?? first) + page);
    case 'PageUp':
      return within((current ?? last) - page);
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}

function go(panel: Panel, grid: VirtualGrid<FrameRow>, row: number, extend: boolean): void {
  // At the very end the user wants the latest; anywhere else, rest.
  panel.frames.follow(false);
  grid.scroller.reveal(row);
  void panel.selection.moveTo(row, extend);
  if (row === 0) grid.scroller.moveTo(0);
  else if (row === panel.frames.state.peek().rows - 1) grid.scroller.moveTo(row * ROW_HEIGHT);
}
