import { useEffect, useRef } from 'preact/hooks';
import { FramesGridController } from '../grid/FramesGridController';
import { handleFrameKey } from '../grid/frameKeys';
import type { Panel } from '../state/panel';
import { columnStyle } from './columnStyle';
import { openFrameMenu } from './frameMenu';
import { GridHeader } from './GridHeader';
import { JumpToLatest } from './JumpToLatest';

/** The list of frames. The header is drawn by Preact, the rows by the grid itself. */
export function FramesGrid({ panel }: { panel: Panel }) {
  const host = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const controller = useRef<FramesGridController | null>(null);
  const columns = panel.frameColumns.shown.value;

  useEffect(() => {
    const made = new FramesGridController(panel, host.current!, spacer.current!);
    controller.current = made;
    panel.focusFrames.current = () => made.grid.focus();
    return () => made.dispose();
  }, [panel]);

  const drawnAt = (event: Event) => controller.current?.grid.drawnAt(event.target);

  function onPointerDown(event: PointerEvent): void {
    const drawn = drawnAt(event);
    if (!drawn || event.button > 2) return;
    panel.frames.follow(false);
    if (drawn.row) select(event, drawn.row.frame, drawn.index);
    // It is still on its way.
    else void panel.selection.moveTo(drawn.index, event.shiftKey);
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
    if (event.button !== 2 && plain) panel.openDetail();
    controller.current?.grid.focus();
  }

  function select(event: PointerEvent, frame: number, drawn: number): void {
    const { selection, frames } = panel;
    const now = frames.rowOf(frame);
    const spot = { frame, row: now < 0 ? drawn : now };
    if (event.button === 2) {
      if (!selection.has(frame)) selection.set(spot);
    } else if (event.shiftKey) {
      event.preventDefault();
      void selection.extendTo(spot);
    } else if (event.ctrlKey || event.metaKey) selection.toggle(spot);
    else selection.set(spot);
  }

  function onContextMenu(event: MouseEvent): void {
    if (!drawnAt(event)) return;
    event.preventDefault();
    openFrameMenu(panel, event);
  }

  return (
    <div class="frames">
      <div
        ref={host}
        class="grid"
        role="grid"
        aria-label="Frames"
        aria-colcount={columns.length}
        aria-multiselectable="true"
        style={columnStyle(columns)}
        onPointerDown={onPointerDown}
        onContextMenu={onContextMenu}
        onDblClick={(event) => drawnAt(event) && panel.openDetail()}
        onKeyDown={(event) => controller.current && handleFrameKey(event, panel, controller.current.grid)}
      >
        <GridHeader panel={panel} columns={panel.frameColumns} sort={panel.sort} />
        <div ref={spacer} class="grid-spacer" role="rowgroup" />
      </div>
      <JumpToLatest panel={panel} />
    </div>
  );
}
