import { expect, it } from 'vitest';
import { describeGrowth, parseCounts } from './counts.mjs';

it.each([
  ['1,204 frames · 9 connections · 1.2 MB', { frames: 1204, connections: 9, dropped: 0 }],
  ['1 frame · 1 connection · 12 B', { frames: 1, connections: 1, dropped: 0 }],
  ['1,000,000 frames · 2 connections · 200 MB · 3 dropped', { frames: 1e6, connections: 2, dropped: 3 }],
  ['', { frames: 0, connections: 0, dropped: 0 }],
])('parseCounts(%s)', (text, counts) => {
  expect(parseCounts(text)).toEqual(counts);
});

it('describes growth as a rate', () => {
  const before = { frames: 100, connections: 1, dropped: 0 };
  const after = { frames: 4100, connections: 2, dropped: 0 };
  expect(describeGrowth(before, after, 2)).toBe('2 connections, 4,100 frames (2,000 a second)');
  expect(describeGrowth(before, { ...after, dropped: 1200 }, 2)).toContain('1,200 dropped');
});
