import { hexByte } from '../text/bytesAs';
import { type CellPainter, setText, VirtualGrid } from './VirtualGrid';

const HEX_ROW_HEIGHT = 18;
const PAGE = 64 * 1024;
const MOST_PAGES = 32;

interface HexRow {
  offset: number;
  bytes: Uint8Array;
}

/** Draws bytes of any number; pages of them are read as they come into sight. */
export class HexController {
  readonly grid: VirtualGrid<HexRow>;
  private readonly pages = new Map<number, Uint8Array | null>();
  private readonly rows = new Map<number, HexRow>();
  private readonly abort = new AbortController();
  private scheduled = 0;
  private cursor = 0;
  private perRow = 16;

  constructor(
    private readonly host: HTMLElement,
    spacer: HTMLElement,
    private readonly total: number,
    private readonly read: (from: number, to: number) => Promise<Uint8Array>,
    private readonly failed: (error: unknown) => void,
  ) {
    this.grid = new VirtualGrid<HexRow>({
      host,
      spacer,
      rowHeight: HEX_ROW_HEIGHT,
      headerHeight: 0,
      signal: this.abort.signal,
      rowAt: (index) => this.rowAt(index),
      look: (_, index) => ({
        className: index === this.cursor ? 'row focused' : 'row',
        selected: index === this.cursor,
      }),
      activeRow: () => this.cursor,
      onMove: () => this.schedule(),
    });
    this.grid.setPainters(PAINTERS);
    const observer = new ResizeObserver(() => this.fitWidth());
    observer.observe(host);
    this.abort.signal.addEventListener('abort', () => {
      observer.disconnect();
      cancelAnimationFrame(this.scheduled);
    });
    this.fitWidth();
    this.schedule();
  }

  dispose(): void {
    this.abort.abort();
  }

  onKeyDown(event: KeyboardEvent): void {
    const page = this.grid.scroller.pageSize;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.cursor = Math.max(0, Math.min(this.count - 1, this.cursor + steps[event.key]));
    this.grid.scroller.reveal(this.cursor);
    this.schedule();
  }

  private get count(): number {
    return Math.ceil(this.total / this.perRow);
  }

  /** As many bytes a row as there is room for: 16, or 8 where it is narrow. */
  private fitWidth(): void {
    const perRow = this.host.clientWidth < 560 ? 8 : 16;
    if (perRow === this.perRow) return;
    this.cursor = Math.floor((this.cursor * this.perRow) / perRow);
    this.perRow = perRow;
    this.rows.clear();
    this.schedule();
  }

  private schedule(): void {
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      this.host.setAttribute('aria-rowcount', String(this.count));
      this.grid.scroller.setRows(this.count);
      this.grid.draw();
    });
  }

  private rowAt(index: number): HexRow | undefined {
    const offset = index * this.perRow;
    const known = this.rows.get(index);
    if (known) return known;
    const start = offset - (offset % PAGE);
    const page = this.pages.get(start);
    if (page === undefined) this.load(start);
    if (!page) return undefined;
    const row = { offset, bytes: page.subarray(offset - start, offset - start + this.perRow) };
    if (this.rows.size > 2000) this.rows.clear();
    this.rows.set(index, row);
    return row;
  }

  private load(start: number): void {
    this.pages.set(start, null);
    this.read(start, Math.min(this.total, start + PAGE)).then(
      (bytes) => {
        this.pages.set(start, bytes);
        if (this.pages.size > MOST_PAGES) this.pages.delete(this.pages.keys().next().value!);
        this.schedule();
      },
      (error) => this.failed(error),
    );
  }
}

const PAINTERS: CellPainter<HexRow>[] = [
  {
    id: 'offset',
    className: 'cell hex-offset',
    paint: (cell, row) => setText(cell, row.offset.toString(16).padStart(8, '0')),
  },
  { id: 'bytes', className: 'cell hex-bytes', paint: (cell, row) => setText(cell, hexOf(row.bytes)) },
  { id: 'ascii', className: 'cell hex-ascii', paint: (cell, row) => setText(cell, asciiOf(row.bytes)) },
];

function hexOf(bytes: Uint8Array): string {
  let text = '';
  bytes.forEach((byte, at) => {
    text += (at === 0 ? '' : at % 8 === 0 ? '  ' : ' ') + hexByte(byte);
  });
  return text;
}

function asciiOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
  return text;
}
