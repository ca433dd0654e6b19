import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLAG, KIND } from '../model/frame';
import { createBatchBuilder, type Platform, stripPayloads } from './builder';
import { readBatch } from './read';

const encoder = new TextEncoder();
const platform: Platform = {
  encodeInto: (text, into) => encoder.encodeInto(text, into).written,
  subarray: (bytes, from, to) => bytes.subarray(from, to),
  copy: (into, from, at) => into.set(from, at),
  stringify: JSON.stringify,
};

const message = fc.oneof(fc.string({ unit: 'binary', maxLength: 2000 }), fc.uint8Array({ maxLength: 5000 }));

describe('createBatchBuilder', () => {
  it('packs what the reader reads, batch after batch', () => {
    fc.assert(
      fc.property(fc.array(fc.array(message, { maxLength: 40 }), { maxLength: 4 }), (batches) => {
        const builder = createBatchBuilder(platform);
        let frame = 0;
        batches.forEach((messages, index) => {
          for (const data of messages) {
            if (typeof data === 'string') builder.addText(1.5, 1, KIND.text, FLAG.sent, data);
            else builder.addBytes(2.25, 2, KIND.binary, 0, data);
          }
          const batch = readBatch(builder.take(index + 1));
          expect(batch).toMatchObject({ sequence: index + 1, firstFrame: frame, frames: messages.length });
          let at = 0;
          messages.forEach((data, row) => {
            const bytes = typeof data === 'string' ? encoder.encode(data) : data;
            expect(batch.columns.length[row]).toBe(bytes.length);
            expect(batch.columns.time[row]).toBe(typeof data === 'string' ? 1.5 : 2.25);
            expect(batch.payloads.subarray(at, at + bytes.length)).toEqual(bytes);
            at += bytes.length;
          });
          frame += messages.length;
        });
      }),
      { numRuns: 50 },
    );
  });

  it('encodes each text by itself, where halves of a pair meet, are alone, or bytes come between', () => {
    const builder = createBatchBuilder(platform);
    const texts = ['', 'a\ud83d', '\ude00b', '', 'ü', '\ud83d\ude00'];
    for (const text of texts) builder.addText(1, 1, KIND.text, 0, text);
    builder.addBytes(1, 1, KIND.binary, 0, Uint8Array.of(1));
    builder.addText(1, 1, KIND.text, 0, 'plain');
    builder.addBare(1, 1, KIND.binary, FLAG.dropped, 99);
    builder.addText(1, 1, KIND.text, 0, 'é');
    const batch = readBatch(builder.take(1));
    expect([...batch.columns.length]).toEqual([0, 4, 4, 0, 2, 4, 1, 5, 99, 2]);
    const decoder = new TextDecoder();
    expect([...batch.payloads]).toEqual([
      ...encoder.encode(texts.map((text) => decoder.decode(encoder.encode(text))).join('')),
      1,
      ...encoder.encode('plainé'),
    ]);
  });

  it('carries parts behind the payloads in place', () => {
    const builder = createBatchBuilder(platform);
    builder.addBare(1, 1, KIND.binary, FLAG.deferred, 3);
    builder.addNote({ type: 'part', frame: 0, at: 0, bytes: 3, last: true }, Uint8Array.of(7, 8, 9));
    builder.addText(1, 1, KIND.text, 0, 'é');
    const batch = readBatch(builder.take(1));
    expect([...batch.payloads]).toEqual([...encoder.encode('é'), 7, 8, 9]);
    expect(batch.notes).toEqual([{ type: 'part', frame: 0, at: 0, bytes: 3, last: true }]);
  });

  it('gives up payloads of messages, not those of events', () => {
    const builder = createBatchBuilder(platform);
    builder.addText(1, 1, KIND.open, 0, '{"protocol":"a"}');
    builder.addText(1, 1, KIND.text, 0, 'hello');
    builder.addBytes(1, 1, KIND.binary, FLAG.sent, Uint8Array.of(1, 2));
    builder.addText(1, 1, KIND.close, 0, '{"code":1000}');
    builder.addBare(1, 1, KIND.binary, FLAG.deferred, 3);
    builder.addNote({ type: 'part', frame: 4, at: 0, bytes: 3, last: true }, Uint8Array.of(7, 8, 9));
    const whole = builder.take(1);
    const before = new Uint8Array(whole.slice(0));
    const batch = readBatch(stripPayloads(whole, platform));
    expect(new Uint8Array(whole)).toEqual(before);
    expect([...batch.columns.flags]).toEqual([0, FLAG.dropped, FLAG.sent | FLAG.dropped, 0, FLAG.deferred]);
    expect(new TextDecoder().decode(batch.payloads)).toBe('{"protocol":"a"}{"code":1000}\x07\b\t');
    expect([...batch.columns.length]).toEqual([16, 5, 2, 13, 3]);
    expect(batch.notes.at(-1)).toMatchObject({ type: 'part', frame: 4 });
  });
});
