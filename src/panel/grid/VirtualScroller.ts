import { isScaled, maxOffset, offsetOf, type ScrollSize, scrollTopOf, spacerHeight } from './scrollMap';

export interface ScrollerOptions {
  /** The element that scrolls. */
  host: HTMLElement;
  /** Its child that is as tall as the list, or as tall as a browser allows. */
  spacer: HTMLElement;
  rowHeight: number;
  /** What the header takes of the host's height. */
  headerHeight: number;
  signal: AbortSignal;
  /** The place changed. `by` says whether the user did it; `away` that it was backwards, as far as is known. */
  onMove(by: 'user' | 'size', away: boolean): void;
}

/**
 * Where a list of any number of rows is scrolled to, exact to the pixel also where a pixel of the scrollbar is many
 * rows: the wheel is then translated here, and the scrollbar only follows.
 */
export class VirtualScroller {
  /** Offset of the first visible pixel within the list. */
  offset = 0;
  size: ScrollSize;
  private expected = 0;
  private held = false;

  constructor(private readonly options: ScrollerOptions) {
    const { host, signal } = options;
    this.size = { rows: 0, rowHeight: options.rowHeight, viewport: 0 };
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(host);
    signal.addEventListener('abort', () => observer.disconnect());
    host.addEventListener('scroll', () => this.scrolled(), { passive: true, signal });
    host.addEventListener('wheel', (event) => this.wheeled(event), { passive: false, signal });
    host.addEventListener('pointerdown', (event) => this.grabbed(event), { signal });
    host.ownerDocument.addEventListener('pointerup', () => this.release(), { signal });
    // Releasing a scrollbar is not told everywhere: the next move without a button is.
    host.ownerDocument.addEventListener('pointermove', (event) => event.buttons === 0 && this.release(), { signal });
    this.measure();
  }

  /** Whether the user holds the scrollbar: it must not be moved then. */
  get isHeld(): boolean {
    return this.held;
  }

  get host(): HTMLElement {
    return this.options.host;
  }

  /** Rows that can be seen, at least in part; `last` is exclusive. */
  visible(): { first: number; last: number } {
    const { rows, rowHeight, viewport } = this.size;
    const first = Math.floor(this.offset / rowHeight);
    return { first, last: Math.min(rows, Math.ceil((this.offset + viewport) / rowHeight)) };
  }

  /** Rows that fit whole. */
  get pageSize(): number {
    return Math.max(1, Math.floor(this.size.viewport / this.size.rowHeight));
  }

  get isAtEnd(): boolean {
    return this.offset >= maxOffset(this.size) - this.size.rowHeight / 2;
  }

  setRows(rows: number): void {
    if (rows === this.size.rows) return;
    this.size = { ...this.size, rows };
    this.options.spacer.style.height = `${spacerHeight(this.size)}px`;
    if (this.offset > maxOffset(this.size)) this.offset = maxOffset(this.size);
    // The same offset is elsewhere on a scaled bar once there are more rows.
    if (isScaled(this.size) && !this.held) this.place();
  }

  moveTo(offset: number): void {
    const next = Math.max(0, Math.min(offset, maxOffset(this.size)));
    if (next === this.offset && Math.abs(this.expected - scrollTopOf(next, this.size)) < 1) return;
    this.offset = next;
    this.place();
  }

  moveToEnd(): void {
    this.moveTo(maxOffset(this.size));
  }

  /** Moves as little as needed to show a row whole. */
  reveal(row: number): void {
    const { rowHeight, viewport } = this.size;
    const top = row * rowHeight;
    if (top < this.offset) this.moveTo(top);
    else if (top + rowHeight > this.offset + viewport) this.moveTo(top + rowHeight - viewport);
  }

  private place(): void {
    this.expected = scrollTopOf(this.offset, this.size);
    this.options.host.scrollTop = this.expected;
  }

  private measure(): void {
    const viewport = Math.max(0, this.options.host.clientHeight - this.options.headerHeight);
    if (viewport === this.size.viewport) return;
    this.size = { ...this.size, viewport };
    this.options.spacer.style.setProperty('--viewport', `${viewport}px`);
    this.offset = Math.min(this.offset, maxOffset(this.size));
    this.options.onMove('size', false);
  }

  /** By how much a browser may put a scrollbar elsewhere than it was told, in CSS pixels. */
  private get rounding(): number {
    // To pixels of the device; and, millions of pixels from the top, Firefox to what a number of 32 bits holds.
    return isScaled(this.size) ? 2 : 1;
  }

  private scrolled(): void {
    const top = this.options.host.scrollTop;
    if (Math.abs(top - this.expected) < this.rounding) return;
    const before = this.offset;
    this.expected = top;
    this.offset = Math.max(0, Math.min(offsetOf(top, this.size), maxOffset(this.size)));
    this.options.onMove('user', this.offset < before);
  }

  private wheeled(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) return;
    const unit = event.deltaMode === 1 ? this.size.rowHeight : event.deltaMode === 2 ? this.size.viewport : 1;
    if (isScaled(this.size)) {
      event.preventDefault();
      this.moveTo(this.offset + event.deltaY * unit);
      this.options.onMove('user', event.deltaY < 0);
    } else if (event.deltaY < 0 && this.offset > 0) {
      // Told before the scroll event, which comes too late to be heard in a flood.
      this.options.onMove('user', true);
    }
  }

  private grabbed(event: PointerEvent): void {
    if (event.target === this.options.host) this.held = true;
  }

  private release(): void {
    if (!this.held) return;
    this.held = false;
    this.options.onMove('user', false);
  }
}
