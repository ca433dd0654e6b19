import { effect, untracked } from '@preact/signals';
import type { FrameRow } from '../../core/messages/store';
import { FLAG } from '../../core/model/frame';
import type { Panel } from '../state/panel';
import { frameCells, isEvent } from './frameCells';
import { MatchHighlights } from './MatchHighlights';
import { VirtualGrid } from './VirtualGrid';

export const ROW_HEIGHT = 20;
export const HEADER_HEIGHT = 22;
/** How long rows may be on their way before gaps are shown instead of what was drawn before. */
const PATIENCE_MS = 120;

/** Ties the grid of frames to what the panel knows of them. */
export class FramesGridController {
  readonly grid: VirtualGrid<FrameRow>;
  private readonly highlights = new MatchHighlights();
  private scheduled = 0;
  private waitingSince = 0;
  private readonly abort = new AbortController();

  constructor(
    private readonly panel: Panel,
    private readonly host: HTMLElement,
    spacer: HTMLElement,
  ) {
    const { frames, selection } = panel;
    this.grid = new VirtualGrid<FrameRow>({
      host,
      spacer,
      rowHeight: ROW_HEIGHT,
      headerHeight: HEADER_HEIGHT,
      signal: this.abort.signal,
      rowAt: frames.rowAt,
      look: (row, index) => ({
        className: classOf(row, index, selection.focus.peek()?.frame === row.frame),
        selected: selection.has(row.frame),
      }),
      activeRow: () => selection.focus.peek()?.row ?? -1,
      onMove: (by, away) => this.moved(by, away),
    });
    frames.setViewport({
      size: () => this.grid.scroller.pageSize + 1,
      anchor: () => this.anchor(),
      moveBy: (rows) => this.grid.scroller.moveTo(this.grid.scroller.offset + rows * ROW_HEIGHT),
      moveTo: (row, below) => {
        this.grid.scroller.setRows(frames.state.peek().rows);
        this.grid.scroller.moveTo((row - below) * ROW_HEIGHT);
      },
    });
    const isOpen = (id: number) => panel.log.live.peek() && panel.log.byId.peek().get(id)?.state === 'open';
    const stops = [
      effect(() => {
        const ids = panel.frameColumns.shown.value.map((column) => column.id);
        this.grid.setPainters(frameCells(ids, panel.connectionName, panel.reference.time.value, isOpen));
        this.schedule();
      }),
      effect(() => {
        void frames.version.value;
        void frames.following.value;
        void selection.focus.value;
        void selection.selected.value;
        host.setAttribute('aria-rowcount', String(frames.state.value.rows + 1));
        // Rows that were waited for are drawn as they come: by the next frame a fast scroll is elsewhere again.
        if (this.waitingSince) untracked(() => this.update());
        else this.schedule();
      }),
    ];
    stops.push(
      effect(() => {
        const tools = panel.filterTools.tools.value;
        const query = panel.find.open.value ? panel.find.text.value : panel.filter.text.value;
        this.highlights.setFinder(tools && query.trim() ? tools.highlighter(query) : null);
        this.schedule();
      }),
    );
    panel.revealRow.current = (row) => this.grid.scroller.reveal(row);
    this.abort.signal.addEventListener('abort', () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(this.scheduled);
      frames.setViewport(null);
    });
  }

  dispose(): void {
    this.abort.abort();
  }

  schedule(): void {
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      this.update();
    });
  }

  private update(): void {
    const { frames } = this.panel;
    const { scroller } = this.grid;
    scroller.setRows(frames.state.peek().rows);
    if (frames.following.peek() && !scroller.isHeld) {
      if (this.panel.sort.peek().descending) scroller.moveTo(0);
      else scroller.moveToEnd();
    }
    const { first, last } = scroller.visible();
    frames.need(first, last);
    const now = performance.now();
    if (frames.has(first, last) || (this.waitingSince && now - this.waitingSince > PATIENCE_MS)) {
      this.waitingSince = 0;
      this.panel.atEnd.value = last >= frames.state.peek().rows;
      this.grid.draw();
      this.highlights.draw(() => dataTexts(this.host));
    } else if (!this.waitingSince) {
      this.waitingSince = now;
      setTimeout(() => this.schedule(), PATIENCE_MS + 10);
    }
  }

  private moved(by: 'user' | 'size', away: boolean): void {
    const { frames } = this.panel;
    if (by === 'user') {
      const { scroller } = this.grid;
      const home = this.panel.sort.peek().descending ? scroller.offset < ROW_HEIGHT / 2 : scroller.isAtEnd;
      if (scroller.isHeld || (away && !this.panel.sort.peek().descending)) frames.follow(false);
      else frames.follow(home);
    }
    this.schedule();
  }

  /** The row to hold still: the one with the focus while it is seen, else the first. */
  private anchor(): { frame: number; row: number; below: number } | null {
    const { first, last } = this.grid.scroller.visible();
    const focus = this.panel.selection.focus.peek();
    const row = focus && focus.row >= first && focus.row < last ? focus.row : first;
    const frame = this.panel.frames.rowAt(row)?.frame;
    if (frame === undefined) return null;
    return { frame, row, below: row - this.grid.scroller.offset / ROW_HEIGHT };
  }
}

function classOf(row: FrameRow, index: number, focused: boolean): string {
  let name = index & 1 ? 'row odd' : 'row';
  name += isEvent(row) ? ` event ${row.kind}` : ` ${row.direction}`;
  if (row.flags & FLAG.byUser) name += ' by-user';
  if (row.flags & (FLAG.failed | FLAG.dropped)) name += ' lost';
  if (row.marked) name += ' marked';
  if (focused) name += ' focused';
  return name;
}

function* dataTexts(host: HTMLElement): Iterable<Text> {
  for (const payload of host.querySelectorAll('.row > .col-data > bdi')) {
    if (payload.firstChild instanceof Text) yield payload.firstChild;
  }
}
