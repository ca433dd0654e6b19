import { expect, test, vi } from 'vitest';
import { readBatch } from '../core/batch/read';
import { KIND } from '../core/model/frame';
import { createOutbox } from './outbox';

vi.mock('./natives', () => ({
  constructors: { ArrayBuffer, Float64Array, Uint32Array, Uint8Array },
  encoder: new TextEncoder(),
  encodeInto: (encoder: TextEncoder, text: string, into: Uint8Array) => encoder.encodeInto(text, into),
  subarray: (bytes: Uint8Array, from: number, to: number) => bytes.subarray(from, to),
  copy: (into: Uint8Array, from: ArrayLike<number>, at: number) => into.set(from, at),
  stringify: JSON.stringify,
  slice: (text: string, from: number, to: number) => text.slice(from, to),
  isView: ArrayBuffer.isView,
  byteLength: (bytes: Uint8Array) => bytes.byteLength,
  copyBytes: (bytes: Uint8Array) => bytes.slice(),
  microtask: queueMicrotask,
  now: performance.now.bind(performance),
  timeOrigin: performance.timeOrigin,
}));

test('sends rows without the large payloads that wait, which then go as they are asked for', () => {
  const sent: ArrayBuffer[] = [];
  const outbox = createOutbox((batch) => sent.push(batch));
  outbox.put(1, 1, KIND.binary, 0, new Uint8Array(10 << 20));
  outbox.put(2, 1, KIND.text, 0, 'after it');
  outbox.flush({ parts: false });
  const [rows, ...others] = sent.splice(0).map((buffer) => readBatch(buffer));
  expect(others).toEqual([]);
  expect([rows.frames, rows.notes]).toEqual([2, []]);
  for (let asked = 0; asked < 3; asked++) outbox.pull();
  const parts = sent.map((buffer) => readBatch(buffer)).flatMap(({ notes }) => notes);
  expect(parts.map((note) => note.type === 'part' && note.bytes)).toEqual(Array(10).fill(1 << 20));
  outbox.flush({ parts: true });
  expect(sent).toHaveLength(10);
});
