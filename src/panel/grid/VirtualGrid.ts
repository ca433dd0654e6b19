import { VirtualScroller } from './VirtualScroller';

/** Draws one column of a row. */
export interface CellPainter<T> {
  id: string;
  className: string;
  /** Called when the row of a cell is another one, or has changed. */
  paint(cell: HTMLElement, row: T): void;
}

export interface VirtualGridOptions<T> {
  host: HTMLElement;
  spacer: HTMLElement;
  rowHeight: number;
  headerHeight: number;
  signal: AbortSignal;
  rowAt(index: number): T | undefined;
  /** Classes and selection of a row. Called at each drawing: keep it cheap. */
  look(row: T, index: number): { className: string; selected: boolean };
  /** Place of the row that has the focus when the grid has it; -1 for none. */
  activeRow(): number;
  onMove(by: 'user' | 'size', away: boolean): void;
}

interface Slot<T> {
  element: HTMLElement;
  cells: HTMLElement[];
  index: number;
  /** What is drawn; `null` while it is on its way. */
  row: T | null;
  /** It may have to be drawn otherwise although it is the same. */
  stale: boolean;
  className: string;
  selected: boolean | null;
}

// Rows are placed relative to a base, so that scrolling by a row moves one element and not all of them.
const BASE_STEP = 4096;

/**
 * The body of a grid of any number of rows: as many elements as can be seen, each used again for another row. They
 * lie on a layer that sticks to the viewport, so that nothing is ever blank while rows are on their way.
 */
export class VirtualGrid<T> {
  readonly scroller: VirtualScroller;
  private readonly layer: HTMLElement;
  private slots: Slot<T>[] = [];
  private spare: Slot<T>[] = [];
  private painters: readonly CellPainter<T>[] = [];
  private base = -1;
  private first = 0;

  constructor(private readonly options: VirtualGridOptions<T>) {
    const clip = document.createElement('div');
    clip.className = 'grid-clip';
    clip.setAttribute('role', 'presentation');
    this.layer = document.createElement('div');
    this.layer.className = 'grid-layer';
    this.layer.setAttribute('role', 'presentation');
    clip.append(this.layer);
    options.spacer.append(clip);
    this.scroller = new VirtualScroller(options);
  }

  setPainters(painters: readonly CellPainter<T>[]): void {
    this.painters = painters;
    this.reset();
  }

  /** Draws the rows that are visible, those that are known of them. */
  draw(): void {
    const { first, last } = this.scroller.visible();
    const { rowHeight, host } = this.options;
    const focused = document.activeElement;
    const owned = focused === host || (focused instanceof HTMLElement && this.layer.contains(focused));
    this.turn(first - this.first);
    this.fit(last - first);
    const base = first - (first % BASE_STEP);
    const rebased = base !== this.base;
    this.base = base;
    this.first = first;
    this.layer.style.transform = `translateY(${base * rowHeight - this.scroller.offset}px)`;
    for (let at = 0; at < this.slots.length; at++) this.drawRow(this.slots[at], first + at, rebased);
    this.focusActive(this.options.activeRow(), owned);
  }

  /** Draws again what may look different although it is the same row. */
  invalidate(): void {
    for (const slot of this.slots) slot.stale = true;
  }

  /** The row that an event happened on, as it is drawn: by now another one may have taken its place. */
  drawnAt(target: EventTarget | null): { index: number; row: T | null } | undefined {
    const element = target instanceof Element ? target.closest('[role="row"]') : null;
    return this.slots.find((slot) => slot.element === element);
  }

  elementOf(row: number): HTMLElement | null {
    return this.slots[row - this.first]?.element ?? null;
  }

  /** Gives the focus to the active row, or to the grid while that row is not visible. */
  focus(): void {
    (this.elementOf(this.options.activeRow()) ?? this.options.host).focus({ preventScroll: true });
  }

  private focusActive(active: number, owned: boolean): void {
    const element = this.elementOf(active);
    for (const slot of this.slots) slot.element.tabIndex = slot.element === element ? 0 : -1;
    this.options.host.tabIndex = element ? -1 : 0;
    if (owned) (element ?? this.options.host).focus({ preventScroll: true });
  }

  private drawRow(slot: Slot<T>, index: number, rebased: boolean): void {
    const row = this.options.rowAt(index);
    if (slot.index !== index || rebased) {
      slot.index = index;
      slot.element.setAttribute('aria-rowindex', String(index + (this.options.headerHeight ? 2 : 1)));
      slot.element.style.transform = `translateY(${(index - this.base) * this.options.rowHeight}px)`;
    }
    if (row === undefined) {
      this.blank(slot);
      return;
    }
    if (slot.row !== row || slot.stale) {
      slot.row = row;
      slot.stale = false;
      for (let at = 0; at < this.painters.length; at++) this.painters[at].paint(slot.cells[at], row);
    }
    const { className, selected } = this.options.look(row, index);
    if (slot.className !== className) {
      slot.className = className;
      slot.element.className = className;
    }
    if (slot.selected !== selected) {
      slot.selected = selected;
      slot.element.setAttribute('aria-selected', String(selected));
    }
  }

  /** A row that is still on its way. */
  private blank(slot: Slot<T>): void {
    slot.row = null;
    slot.className = 'row';
    slot.element.className = 'row';
    for (const cell of slot.cells) cell.replaceChildren();
  }

  /**
   * Scrolled by some rows, the elements that left at one end are put to the other: their order in the document is that
   * of the rows, for those who read it.
   */
  private turn(by: number): void {
    if (by === 0 || Math.abs(by) >= this.slots.length) return;
    const moved = by > 0 ? this.slots.splice(0, by) : this.slots.splice(by);
    const elements = moved.map((slot) => slot.element);
    // An element that is moved loses the focus.
    if (elements.some((element) => element === document.activeElement))
      this.options.host.focus({ preventScroll: true });
    if (by > 0) {
      this.slots.push(...moved);
      this.layer.append(...elements);
    } else {
      this.slots.unshift(...moved);
      this.layer.prepend(...elements);
    }
  }

  /** Makes as many elements as there are rows to see. */
  private fit(visible: number): void {
    while (this.slots.length > visible) {
      const slot = this.slots.pop()!;
      if (slot.element === document.activeElement) this.options.host.focus({ preventScroll: true });
      slot.element.remove();
      if (this.spare.length < 4) this.spare.push(slot);
    }
    while (this.slots.length < visible) {
      const slot = this.spare.pop() ?? this.createSlot();
      this.slots.push(slot);
      this.layer.append(slot.element);
    }
  }

  private reset(): void {
    // An element that goes takes the focus with it.
    if (this.layer.contains(document.activeElement)) this.options.host.focus({ preventScroll: true });
    this.layer.replaceChildren();
    this.slots = [];
    this.spare = [];
    this.base = -1;
  }

  private createSlot(): Slot<T> {
    const element = document.createElement('div');
    element.setAttribute('role', 'row');
    element.tabIndex = -1;
    const cells = this.painters.map((painter, at) => {
      const cell = document.createElement('div');
      cell.setAttribute('role', 'gridcell');
      cell.setAttribute('aria-colindex', String(at + 1));
      cell.className = painter.className;
      return cell;
    });
    element.append(...cells);
    return { element, cells, index: -1, row: null, stale: false, className: '', selected: null };
  }
}

/** Puts text into an element, into the same text node each time. */
export function setText(element: HTMLElement, text: string): void {
  const node = element.firstChild;
  if (node instanceof Text) {
    if (node.data !== text) node.data = text;
  } else element.textContent = text;
}
