/** The tallest element that is made. Below what every browser and pixel ratio allows (Chromium at 3x: 11.2M px). */
export const MAX_HEIGHT = 8_000_000;

/** What a scrolled list consists of, in CSS pixels. */
export interface ScrollSize {
  rows: number;
  rowHeight: number;
  /** Height in which rows are seen. */
  viewport: number;
}

/** Height of the element that makes the scrollbar. */
export function spacerHeight({ rows, rowHeight }: ScrollSize): number {
  return Math.min(rows * rowHeight, MAX_HEIGHT);
}

/** Whether one pixel of scrollbar is more than one pixel of list. */
export function isScaled({ rows, rowHeight }: ScrollSize): boolean {
  return rows * rowHeight > MAX_HEIGHT;
}

/** The greatest offset of the first visible pixel of the list. */
export function maxOffset({ rows, rowHeight, viewport }: ScrollSize): number {
  return Math.max(0, rows * rowHeight - viewport);
}

/** Offset within the list for a `scrollTop`. */
export function offsetOf(scrollTop: number, size: ScrollSize): number {
  if (!isScaled(size)) return scrollTop;
  const most = spacerHeight(size) - size.viewport;
  return Math.min(1, Math.max(0, scrollTop / most)) * maxOffset(size);
}

/** The `scrollTop` for an offset within the list. */
export function scrollTopOf(offset: number, size: ScrollSize): number {
  if (!isScaled(size)) return offset;
  return (offset / maxOffset(size)) * (spacerHeight(size) - size.viewport);
}
