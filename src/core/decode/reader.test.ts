import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attempt, Broken, ByteReader, isUtf8, utf8 } from './reader';

describe('ByteReader', () => {
  test('reads numbers in both byte orders', () => {
    const reader = new ByteReader(Uint8Array.of(1, 0xff, 0, 2, 0, 2, 0x80, 0, 0, 1, 1, 0, 0, 0));
    expect([reader.u8(), reader.i8(), reader.u16(), reader.u16LE(), reader.u32(), reader.u32LE()]).toEqual([
      1, -1, 2, 512, 0x80000001, 1,
    ]);
    expect(reader.left).toBe(0);
  });

  test('offsets count from the start of the bytes, also in a view of a larger buffer', () => {
    const view = Uint8Array.of(9, 9, 1, 2, 3, 4).subarray(2);
    const reader = new ByteReader(view, 1, 3);
    expect(reader.u16()).toBe(0x0203);
    expect(() => reader.u8()).toThrow(new Broken('1 bytes expected, 0 left', 3));
  });

  test('says where the bytes end', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2));
    expect(attempt(() => reader.u32())).toEqual({ message: '4 bytes expected, 2 left', at: 0 });
    expect(attempt(() => reader.take(-1))?.at).toBe(0);
    expect(attempt(() => reader.take(Number.NaN))?.at).toBe(0);
    expect(attempt(() => reader.take(2))).toBeUndefined();
  });

  test('numbers of seven bits a byte', () => {
    expect(new ByteReader(Uint8Array.of(0x80, 0x01)).varuint()).toBe(128);
    expect(new ByteReader(Uint8Array.of(0xff, 0xff, 0xff, 0x7f)).varuint(4)).toBe(268_435_455);
    expect(() => new ByteReader(new Uint8Array(9).fill(0xff)).varuint()).toThrow('number too long');
    expect(() => new ByteReader(Uint8Array.of(0x80)).varuint()).toThrow('1 bytes expected');
  });

  test('a bug is no broken input', () => {
    expect(() => attempt(() => (undefined as unknown as { a: { b: 1 } }).a.b)).toThrow(TypeError);
  });
});

test('UTF-8 is that of TextDecoder, short or long', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(utf8(bytes)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    }),
  );
  expect(isUtf8(Uint8Array.of(0xc3, 0xa4))).toBe(true);
  expect(isUtf8(Uint8Array.of(0xc3))).toBe(false);
});
