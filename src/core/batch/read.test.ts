import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLAG, KIND } from '../model/frame';
import { createBatchBuilder, type Platform } from './builder';
import { HEADER, HEADER_BYTES, type Note, PART_BYTES } from './layout';
import { BatchError, readBatch } from './read';

const platform: Platform = {
  encodeInto: (text, into) => new TextEncoder().encodeInto(text, into).written,
  subarray: (bytes, from, to) => bytes.subarray(from, to),
  copy: (into, from, at) => into.set(from, at),
  stringify: JSON.stringify,
};

const note: Note = {
  type: 'connection',
  id: 1,
  url: 'wss://example.com/ä',
  protocols: ['a'],
  protocol: '',
  extensions: '',
  readyState: 0,
  createdAt: 1.5,
  byUser: false,
  stack: null,
  before: { sentFrames: 1, receivedFrames: 2, sentBytes: 3, receivedBytes: 4 },
};

function sample(): ArrayBuffer {
  const builder = createBatchBuilder(platform);
  builder.addNote(note);
  builder.addText(1.25, 1, KIND.text, FLAG.sent, 'grüße');
  builder.addBare(2, 1, KIND.binary, FLAG.deferred, 3);
  builder.addBytes(3, 1, KIND.binary, 0, Uint8Array.of(1, 2));
  builder.addBare(4, 1, KIND.text, FLAG.dropped, 1e9);
  builder.addNote({ type: 'buffered', frame: 0, bytes: 70_000 });
  builder.addNote({ type: 'part', frame: 1, at: 0, bytes: 3, last: true }, Uint8Array.of(7, 8, 9));
  return builder.take(5);
}

test('reads what the page packs', () => {
  const batch = readBatch(sample());
  expect(batch).toMatchObject({ sequence: 5, firstFrame: 0, frames: 4, inPlaceBytes: 9, payloadBytes: 12 });
  expect([...batch.columns.time]).toEqual([1.25, 2, 3, 4]);
  expect([...batch.columns.length]).toEqual([7, 3, 2, 1e9]);
  expect([...batch.columns.kind]).toEqual([KIND.text, KIND.binary, KIND.binary, KIND.text]);
  expect([...batch.columns.flags]).toEqual([FLAG.sent, FLAG.deferred, 0, FLAG.dropped]);
  expect(new TextDecoder().decode(batch.payloads.subarray(0, 7))).toBe('grüße');
  expect([...batch.payloads.subarray(7)]).toEqual([1, 2, 7, 8, 9]);
  expect(batch.notes).toEqual([
    note,
    { type: 'buffered', frame: 0, bytes: 70_000 },
    { type: 'part', frame: 1, at: 0, bytes: 3, last: true },
  ]);
});

describe('refuses', () => {
  const broken: [string, (bytes: DataView) => void][] = [
    ['another mark', (view) => view.setUint32(HEADER.magic, 1, true)],
    ['a version to come', (view) => view.setUint32(HEADER.version, 99, true)],
    ['more frames than there is room for', (view) => view.setUint32(HEADER.frames, 0xffffffff, true)],
    ['more notes than there is room for', (view) => view.setUint32(HEADER.notesBytes, 0xffffffff, true)],
    ['another sum of payloads', (view) => view.setUint32(HEADER.payloadBytes, 11, true)],
    ['a time that is none', (view) => view.setFloat64(HEADER_BYTES, Number.NaN, true)],
    ['a length that is not there', (view) => view.setUint32(HEADER_BYTES + 4 * 8, 8, true)],
    ['a kind that nobody knows', (view) => view.setUint8(HEADER_BYTES + 4 * 16, 200)],
    ['a frame that is in place after all', (view) => view.setUint8(HEADER_BYTES + 4 * 17 + 3, 0)],
  ];
  test.each(broken)('%s', (_name, change) => {
    const buffer = sample();
    change(new DataView(buffer));
    expect(() => readBatch(buffer)).toThrow(BatchError);
  });

  test('a batch that is cut short, or goes on', () => {
    const buffer = sample();
    expect(() => readBatch(buffer.slice(0, 20))).toThrow(BatchError);
    expect(() => readBatch(buffer.slice(0, -1))).toThrow(BatchError);
    const longer = new ArrayBuffer(buffer.byteLength + 1);
    new Uint8Array(longer).set(new Uint8Array(buffer));
    expect(() => readBatch(longer)).toThrow(BatchError);
  });

  test.each([
    { type: 'part', frame: 1, at: 0, bytes: PART_BYTES + 1, last: true },
    { type: 'part', frame: -1, at: 0, bytes: 0, last: true },
    { type: 'lost', frame: 'x' },
    { type: 'buffered', frame: 1, bytes: -1 },
    { type: 'connection', id: 1 },
    { type: 'new' },
    null,
  ])('the note %j', (value) => {
    const builder = createBatchBuilder({ ...platform, stringify: () => JSON.stringify(value) });
    builder.addNote(note);
    expect(() => readBatch(builder.take(1))).toThrow(BatchError);
  });
});

test('any bytes are a batch or a BatchError', () => {
  const valid = new Uint8Array(sample());
  const mutation = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(mutation, fc.nat(valid.length), (changes, cut) => {
      const bytes = valid.slice(0, changes.length % 2 ? cut : valid.length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        expect(readBatch(bytes.buffer).columns.time.length).toBeLessThan(100);
      } catch (error) {
        expect(error).toBeInstanceOf(BatchError);
      }
    }),
    { numRuns: 2000 },
  );
});
