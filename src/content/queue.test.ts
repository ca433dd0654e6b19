import { expect, test } from 'vitest';
import { createBatchBuilder } from '../core/batch/builder';
import { readBatch } from '../core/batch/read';
import { FLAG, KIND } from '../core/model/frame';
import { BatchQueue } from './queue';

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
    expect(queue.add(batchOf(new Uint8Array(1 << 20)))).toBe(0);
    expect(queue.add(batchOf(`reply ${index}`))).toBe(0);
  }
  const batches = queue.takeWaiting().map(({ buffer }) => readBatch(buffer));
  expect(batches).toHaveLength(140);
  expect(batches.map(({ frames }) => frames)).toEqual(batches.map(() => 1));
  const dropped = batches.map(({ columns }) => (columns.flags[0] & FLAG.dropped) !== 0);
  expect(dropped.filter((_, index) => index % 2 === 1)).not.toContain(true);
  // 64 MiB hold 63 of them with their rows.
  expect(dropped.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 70 }, (_, index) => index < 7));
});
