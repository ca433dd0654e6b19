import { expect, test, vi } from 'vitest';
import { createBatchBuilder, stripPayloads } from '../core/batch/builder';
import { readBatch } from '../core/batch/read';
import { FLAG, KIND } from '../core/model/frame';
import { BatchQueue } from './queue';

vi.mock('../core/batch/builder', async (load) => {
  const real = await load<typeof import('../core/batch/builder')>();
  return { ...real, stripPayloads: vi.fn(real.stripPayloads) };
});

const builder = createBatchBuilder({
  encodeInto: (text, into) => new TextEncoder().encodeInto(text, into).written,
  subarray: (bytes, from, to) => bytes.subarray(from, to),
  copy: (into, from, at) => into.set(from, at),
  stringify: JSON.stringify,
});
let sequence = 0;

function batchOf(data: Uint8Array | string): ArrayBuffer {
  if (typeof data === 'string') builder.addText(1, 1, KIND.text, 0, data);
  else builder.addBytes(1, 1, KIND.binary, 0, data);
  return builder.take(++sequence);
}

test('gives up large payloads first, oldest first, and keeps their rows', () => {
  const queue = new BatchQueue();
  for (let index = 0; index < 70; index++) {
    queue.add(batchOf(new Uint8Array(1 << 20)));
    queue.add(batchOf(`reply ${index}`));
  }
  const batches = queue.takeWaiting().map(({ buffer }) => readBatch(buffer));
  expect(batches).toHaveLength(140);
  expect(batches.map(({ frames }) => frames)).toEqual(batches.map(() => 1));
  const dropped = batches.map(({ columns }) => (columns.flags[0] & FLAG.dropped) !== 0);
  expect(dropped.filter((_, index) => index % 2 === 1)).not.toContain(true);
  // 64 MiB hold 63 of them with their rows.
  expect(dropped.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 70 }, (_, index) => index < 7));
});

test('looks at each batch once, however many more come', () => {
  vi.mocked(stripPayloads).mockClear();
  const queue = new BatchQueue();
  for (let index = 0; index < 200; index++) queue.add(batchOf(new Uint8Array(1 << 20)));
  // All but the 63 that 64 MiB hold.
  expect(stripPayloads).toHaveBeenCalledTimes(137);
});

test('does not look into batches that are parts of large payloads only, which can give up nothing', () => {
  vi.mocked(stripPayloads).mockClear();
  const queue = new BatchQueue();
  for (let at = 0; at < 100; at++) {
    builder.addNote({ type: 'part', frame: 0, at, bytes: 1 << 20, last: false }, new Uint8Array(1 << 20));
    queue.add(builder.take(++sequence));
  }
  expect(stripPayloads).not.toHaveBeenCalled();
  expect(queue.takeWaiting()).toHaveLength(63);
});
