import { effect, type ReadonlySignal } from '@preact/signals';
import { HEADER_HEIGHT, ROW_HEIGHT } from './FramesGridController';
import { type CellPainter, VirtualGrid } from './VirtualGrid';

export interface ReportGridOptions<T> {
  host: HTMLElement;
  spacer: HTMLElement;
  rows: ReadonlySignal<readonly T[]>;
  painters: ReadonlySignal<readonly CellPainter<T>[]>;
  /** Names a row while what it tells changes. */
  keyOf(row: T): string;
  classOf(row: T): string;
  /** Key of the row that the list is filtered by. */
  selected: ReadonlySignal<string | null>;
}

/** A grid of rows that are all here, replaced whole each time something changes. */
export class ReportGridController<T> {
  readonly grid: VirtualGrid<T>;
  /** Key of the row that has the focus when the grid has it. */
  private active: string | null = null;
  private scheduled = 0;
  private readonly abort = new AbortController();

  constructor(private readonly options: ReportGridOptions<T>) {
    const { host, spacer, rows, painters, keyOf, classOf, selected } = options;
    this.grid = new VirtualGrid<T>({
      host,
      spacer,
      rowHeight: ROW_HEIGHT,
      headerHeight: HEADER_HEIGHT,
      signal: this.abort.signal,
      rowAt: (index) => rows.peek()[index],
      look: (row, index) => ({
        className: `row${index & 1 ? ' odd' : ''} ${classOf(row)}`,
        selected: keyOf(row) === selected.peek(),
      }),
      activeRow: () => Math.max(0, this.activeIndex()),
      onMove: () => this.schedule(),
    });
    const stops = [
      effect(() => {
        this.grid.setPainters(painters.value);
        this.schedule();
      }),
      effect(() => {
        host.setAttribute('aria-rowcount', String(rows.value.length + 1));
        void selected.value;
        this.schedule();
      }),
    ];
    this.abort.signal.addEventListener('abort', () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(this.scheduled);
    });
  }

  dispose(): void {
    this.abort.abort();
  }

  /** The row that an event happened on, which is the active one from then on. */
  rowAt(target: EventTarget | null): T | undefined {
    const row = this.grid.drawnAt(target)?.row ?? undefined;
    if (row !== undefined) this.active = this.options.keyOf(row);
    this.schedule();
    return row;
  }

  activeRow(): T | undefined {
    return this.options.rows.peek()[Math.max(0, this.activeIndex())];
  }

  move(by: number): void {
    const rows = this.options.rows.peek();
    if (rows.length === 0) return;
    const to = Math.max(0, Math.min(rows.length - 1, this.activeIndex() + by));
    this.active = this.options.keyOf(rows[to]);
    this.grid.scroller.reveal(to);
    this.update();
    this.grid.focus();
  }

  private activeIndex(): number {
    return this.options.rows.peek().findIndex((row) => this.options.keyOf(row) === this.active);
  }

  private schedule(): void {
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      this.update();
    });
  }

  private update(): void {
    this.grid.scroller.setRows(this.options.rows.peek().length);
    this.grid.draw();
  }
}
