import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLeap } from './createLeap';

describe('createLeap', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is no leap to scroll by a page', () => {
    const leap = createLeap(() => undefined);
    leap.moved({ first: 100, last: 130 }, 130);
    expect(leap.lasts).toBe(false);
    leap.moved({ first: 130, last: 160 }, 100);
    expect(leap.lasts).toBe(false);
  });

  it('lasts until the user rests', () => {
    const rested = vi.fn();
    const leap = createLeap(rested);
    for (let first = 1000; first < 11_000; first += 1000) {
      leap.moved({ first: first - 1000, last: first - 970 }, first);
      expect(leap.lasts).toBe(true);
      vi.advanceTimersByTime(16);
    }
    expect(rested).not.toHaveBeenCalled();
    // Drawn again at the same place.
    leap.moved({ first: 10_000, last: 10_030 }, 10_000);
    expect(leap.lasts).toBe(true);
    vi.advanceTimersByTime(100);
    expect(leap.lasts).toBe(false);
    expect(rested).toHaveBeenCalledOnce();
  });

  it('ends when the user goes on slowly', () => {
    const rested = vi.fn();
    const leap = createLeap(rested);
    leap.moved({ first: 0, last: 30 }, 5000);
    leap.moved({ first: 5000, last: 5030 }, 5003);
    expect(leap.lasts).toBe(false);
    vi.advanceTimersByTime(100);
    expect(rested).not.toHaveBeenCalled();
  });
});
