import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameList } from './frame-list';

test('a list of frames with a range of it replaced holds what a naive one does', () => {
  const frames = fc.uniqueArray(fc.nat(40)).map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(frames, frames, fc.nat(40), fc.nat(40), (before, others, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const list = new FrameList();
      for (const frame of before) list.push(frame);
      const put = others.filter((frame) => frame >= from && frame < to);
      const expected = [...before.filter((frame) => frame < from), ...put, ...before.filter((frame) => frame >= to)];
      expect(list.replace(from, to, put)).toBe(String(expected) !== String(before));
      expect([...list.slice()]).toEqual(expected);
    }),
  );
});
