import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameList } from './frame-list';
import { Order, radixSort } from './order';

const keys = fc.array(
  fc.oneof(
    fc.nat(5),
    fc.nat(2 ** 31 - 1),
    fc.maxSafeNat().map((n) => n % 2 ** 48),
  ),
  { maxLength: 80 },
);

test('sorts by any key, equal ones as they were', () => {
  fc.assert(
    fc.property(keys, (values) => {
      const frames = Uint32Array.from(values.keys());
      const sorted = [...frames].sort((a, b) => values[a] - values[b] || a - b);
      expect([...radixSort(frames, (frame) => values[frame])]).toEqual(sorted);
    }),
  );
});

test('what comes in pieces is sorted as if it came at once', () => {
  fc.assert(
    fc.property(keys, fc.array(fc.nat(80), { maxLength: 5 }), (values, cuts) => {
      const frames = Uint32Array.from(values.keys());
      const order = new Order((frame) => values[frame]);
      for (const cut of cuts.map((at) => Math.min(at, values.length)).sort((a, b) => a - b)) {
        order.update(cut, (from) => frames.subarray(from, cut));
      }
      const sorted = order.update(values.length, (from) => frames.subarray(from));
      expect([...sorted]).toEqual([...radixSort(frames, (frame) => values[frame])]);
    }),
  );
});

test('a list of frames stays ascending and without doubles', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(30)), { maxLength: 100 }), (changes) => {
      const list = new FrameList();
      const model = new Set<number>();
      for (const [insert, frame] of changes) {
        expect(insert ? list.insert(frame) : list.remove(frame)).toBe(insert !== model.has(frame));
        if (insert) model.add(frame);
        else model.delete(frame);
      }
      expect([...list.slice()]).toEqual([...model].sort((a, b) => a - b));
    }),
  );
});
