import { effect, type ReadonlySignal } from '@preact/signals';
import { hexByte } from '../text/bytesAs';
import { type CellPainter, setText, VirtualGrid } from './VirtualGrid';

const HEX_ROW_HEIGHT = 18;
/** The name by which the styles know it. */
const NAME = 'framescope-bytes';
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
    private readonly range: ReadonlySignal<{ start: number; end: number } | null>,
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
    const stop = effect(() => this.show(this.range.value));
    this.abort.signal.addEventListener('abort', () => {
      stop();
      CSS.highlights?.delete(NAME);
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

  /** The byte at a point of the window; `null` if there is none. */
  byteAt(x: number, y: number): number | null {
    const caret = document.caretPositionFromPoint(x, y);
    const row = this.grid.drawnAt(caret?.offsetNode.parentElement ?? null)?.index;
    if (!caret || row === undefined) return null;
    const cell = caret.offsetNode.parentElement!;
    const hex = cell.classList.contains('hex-bytes');
    if (!hex && !cell.classList.contains('hex-ascii')) return null;
    const place = hex ? Math.floor((caret.offset - (caret.offset > 24 ? 1 : 0)) / 3) : caret.offset;
    return Math.min(this.total - 1, row * this.perRow + Math.min(place, this.perRow - 1));
  }

  /** Brings bytes into sight. */
  private show(range: { start: number; end: number } | null): void {
    if (range && this.total) {
      this.cursor = Math.min(this.count - 1, Math.floor(range.start / this.perRow));
      this.grid.scroller.setRows(this.count);
      this.grid.scroller.reveal(this.cursor);
    }
    this.schedule();
  }

  private paintRange(): void {
    const range = this.range.peek();
    if (!CSS.highlights) return;
    if (!range) {
      CSS.highlights.delete(NAME);
      return;
    }
    const highlight = new Highlight();
    const { first, last } = this.grid.scroller.visible();
    for (let row = first; row < last; row++) {
      const from = Math.max(0, range.start - row * this.perRow);
      const to = Math.min(this.perRow, range.end - row * this.perRow);
      const [, bytes, ascii] = this.grid.elementOf(row)?.children ?? [];
      if (from >= to || !bytes) continue;
      addRange(highlight, bytes, hexPlace(from), hexPlace(to - 1) + 2);
      addRange(highlight, ascii, from, to);
    }
    CSS.highlights.set(NAME, highlight);
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
      this.paintRange();
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

function addRange(highlight: Highlight, cell: Element, start: number, end: number): void {
  const text = cell.firstChild;
  if (!(text instanceof Text)) return;
  const startOffset = Math.min(start, text.length);
  const endOffset = Math.min(end, text.length);
  highlight.add(new StaticRange({ startContainer: text, startOffset, endContainer: text, endOffset }));
}

/** Where the digits of a byte begin in its line: there is one more space after the eighth. */
function hexPlace(byte: number): number {
  return byte * 3 + (byte >= 8 ? 1 : 0);
}

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
