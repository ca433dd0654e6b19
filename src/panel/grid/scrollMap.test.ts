import { describe, expect, it } from 'vitest';
import { isScaled, MAX_HEIGHT, maxOffset, offsetOf, scrollTopOf, spacerHeight } from './scrollMap';

const few = { rows: 1000, rowHeight: 20, viewport: 600 };
const many = { rows: 50_000_000, rowHeight: 20, viewport: 600 };

describe('scrollMap', () => {
  it('is the identity while the list is no taller than an element may be', () => {
    expect(isScaled(few)).toBe(false);
    expect(offsetOf(1234.5, few)).toBe(1234.5);
    expect(scrollTopOf(1234.5, few)).toBe(1234.5);
  });

  it('never makes an element taller than allowed', () => {
    expect(spacerHeight(many)).toBe(MAX_HEIGHT);
  });

  it('reaches both ends of a list of any size', () => {
    expect(offsetOf(0, many)).toBe(0);
    expect(offsetOf(MAX_HEIGHT - many.viewport, many)).toBe(maxOffset(many));
    expect(scrollTopOf(maxOffset(many), many)).toBe(MAX_HEIGHT - many.viewport);
  });

  it('comes back to the same place within a hundredth of a row', () => {
    for (const offset of [0, 7, 123_456, 999_999_400, maxOffset(many)]) {
      expect(Math.abs(offsetOf(scrollTopOf(offset, many), many) - offset)).toBeLessThan(0.2);
    }
  });

  it('does not leave the list when a browser scrolls past the end', () => {
    expect(offsetOf(MAX_HEIGHT * 2, many)).toBe(maxOffset(many));
    expect(offsetOf(-5, many)).toBe(0);
  });
});
