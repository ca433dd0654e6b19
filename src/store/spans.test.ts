import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS } from './limits';
import { FrameLog } from './log';
import { spansOf } from './spans';

test('spans hold all frames, each within one segment, ascending and apart', () => {
  const log = new FrameLog({
    limits: { ...LIMITS, segmentRows: 100 },
    loadSegment: async () => null,
    loadParts: async () => [],
  });
  const bare = { time: 0, connection: 0, kind: 'text', direction: 'sent', flags: 0, length: 0 } as const;
  for (let i = 0; i < 500; i++) log.appendFrame({ ...bare, payload: new Uint8Array(0) });
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(499)), (frames) => {
      const spans = spansOf(log, frames);
      for (const frame of frames) expect(spans.filter(({ from, to }) => frame >= from && frame < to)).toHaveLength(1);
      for (const [i, { segment, from, to }] of spans.entries()) {
        expect(log.segments.of(from)).toBe(segment);
        expect(log.segments.of(to - 1)).toBe(segment);
        expect(frames).toContain(from);
        expect(frames).toContain(to - 1);
        if (i > 0) expect(from).toBeGreaterThanOrEqual(spans[i - 1].to);
      }
    }),
  );
});
