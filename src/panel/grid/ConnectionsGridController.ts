import { effect } from '@preact/signals';
import type { Connection } from '../../core/model/connection';
import type { Panel } from '../state/panel';
import { connectionCells } from './connectionCells';
import { HEADER_HEIGHT, ROW_HEIGHT } from './FramesGridController';
import { VirtualGrid } from './VirtualGrid';

/** Ages are drawn again at this pace while any connection lives. */
const AGE_MS = 1000;

/** Ties the grid of connections to the log. */
export class ConnectionsGridController {
  readonly grid: VirtualGrid<Connection>;
  private scheduled = 0;
  private readonly abort = new AbortController();

  constructor(
    private readonly panel: Panel,
    host: HTMLElement,
    spacer: HTMLElement,
  ) {
    this.grid = new VirtualGrid<Connection>({
      host,
      spacer,
      rowHeight: ROW_HEIGHT,
      headerHeight: HEADER_HEIGHT,
      signal: this.abort.signal,
      rowAt: (index) => panel.log.connections.peek()[index],
      look: (connection, index) => ({
        className: `row${index & 1 ? ' odd' : ''} ${connection.failure ? 'failed' : connection.state}${connection.id === panel.connection.peek() ? ' focused' : ''}`,
        selected: connection.id === panel.connection.peek(),
      }),
      activeRow: () => Math.max(0, this.selectedRow()),
      onMove: () => this.schedule(),
    });
    const stopCells = effect(() => {
      const ids = panel.connectionColumns.shown.value.map((column) => column.id);
      this.grid.setPainters(connectionCells(ids, panel.environment.now));
      this.schedule();
    });
    const stopRows = effect(() => {
      host.setAttribute('aria-rowcount', String(panel.log.connections.value.length + 1));
      void panel.connection.value;
      this.schedule();
    });
    const timer = setInterval(() => this.drawAges(), AGE_MS);
    this.abort.signal.addEventListener('abort', () => {
      stopCells();
      stopRows();
      clearInterval(timer);
      cancelAnimationFrame(this.scheduled);
    });
  }

  dispose(): void {
    this.abort.abort();
  }

  /** Selects the connection that is `by` rows away, or at either end. */
  move(by: number): void {
    const list = this.panel.log.connections.peek();
    if (!list.length) return;
    const from = this.selectedRow();
    const row = Math.max(0, Math.min(list.length - 1, from < 0 && Math.abs(by) <= 1 ? 0 : from + by));
    this.grid.scroller.reveal(row);
    this.panel.selectConnection(list[row].id);
  }

  private selectedRow(): number {
    const id = this.panel.connection.peek();
    return id === null ? -1 : this.panel.log.connections.peek().findIndex((connection) => connection.id === id);
  }

  private drawAges(): void {
    if (!this.panel.connectionColumns.shown.peek().some((column) => column.id === 'age')) return;
    this.grid.invalidate();
    this.schedule();
  }

  private schedule(): void {
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      this.grid.scroller.setRows(this.panel.log.connections.peek().length);
      this.grid.draw();
    });
  }
}
