import { describe, expect, it } from 'vitest';
import { parseClock, parseCount, parseDuration, parseSize, showClock, showDuration, showSize } from './units';

describe('units', () => {
  it.each([
    [parseSize, '200', 200],
    [parseSize, '1k', 1000],
    [parseSize, '1.5KB', 1500],
    [parseSize, '1kib', 1024],
    [parseSize, '2MiB', 2 * 1024 * 1024],
    [parseSize, '1g', 1e9],
    [parseDuration, '100ms', 100],
    [parseDuration, '100', 100],
    [parseDuration, '1m30s', 90_000],
    [parseDuration, '1.5s', 1500],
    [parseDuration, '50us', 0.05],
    [parseDuration, '2h', 7_200_000],
    [parseDuration, '5min', 300_000],
    [parseClock, '12:30', 45_000_000],
    [parseClock, '0:00:01.25', 1250],
    [parseCount, '-1.5', -1.5],
    [parseCount, '1e3', 1000],
  ])('%o reads %s as %d', (parse, text, at) => {
    expect(parse(text)?.at).toBeCloseTo(at, 9);
  });

  it.each([
    [parseSize, 'k'],
    [parseSize, '1x'],
    [parseSize, '-1'],
    [parseSize, '1constructor'],
    [parseDuration, ''],
    [parseDuration, '1s30'],
    [parseDuration, 's'],
    [parseDuration, '1 s'],
    [parseClock, '24:00'],
    [parseClock, '12:60'],
    [parseClock, '12'],
    [parseCount, 'one'],
    [parseCount, ''],
  ])('%o refuses "%s"', (parse, text) => {
    expect(parse(text)).toBeNull();
  });

  it('shows them', () => {
    expect([1, 999, 1500, 2e6, 3e9].map(showSize)).toEqual(['1 byte', '999 bytes', '1.5 kB', '2 MB', '3 GB']);
    expect([0.05, 250, 1500, 120_000, 7_200_000].map(showDuration)).toEqual([
      '0.05 ms',
      '250 ms',
      '1.5 s',
      '2 min',
      '2 h',
    ]);
    expect([0, 45_000_000, 1250].map(showClock)).toEqual(['00:00:00', '12:30:00', '00:00:01.25']);
  });
});
