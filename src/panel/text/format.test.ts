import { describe, expect, it } from 'vitest';
import { formatBytes } from './formatBytes';
import { countOf, formatCount } from './formatCount';
import { formatClock, formatDuration, formatExactTime, formatMinute } from './formatTime';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1250, '1.3 kB'],
    [999_999, '1.0 MB'],
    [64_000_000, '64.0 MB'],
    [2.5e9, '2.5 GB'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatCount', () => {
  it('groups digits', () => {
    expect(formatCount(0)).toBe('0');
    expect(formatCount(999)).toBe('999');
    expect(formatCount(1_234_567)).toBe('1,234,567');
  });

  it('has the right form of the noun', () => {
    expect(countOf(1, 'frame')).toBe('1 frame');
    expect(countOf(2000, 'frame')).toBe('2,000 frames');
  });
});

describe('times', () => {
  const time = new Date(2026, 10, 21, 3, 4, 5, 6).getTime() + 0.125;

  it('are local, to the millisecond in a row and to the microsecond in the detail', () => {
    expect(formatClock(time)).toBe('03:04:05.006');
    expect(formatExactTime(time)).toBe('2026-11-21 03:04:05.006125');
    expect(formatMinute(time)).toBe('2026-11-21 03:04');
  });

  it('change with the minute', () => {
    expect(formatClock(time + 60_000)).toBe('03:05:05.006');
    expect(formatClock(time)).toBe('03:04:05.006');
  });

  it.each([
    [0.25, '0.250 ms'],
    [12.34, '12.3 ms'],
    [345.6, '346 ms'],
    [1500, '1.50 s'],
    [125_000, '2 min 5 s'],
    [11_040_000, '3 h 4 min'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});
