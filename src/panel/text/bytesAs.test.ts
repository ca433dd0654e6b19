import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromHex, toBase64, toHex } from './bytesAs';

describe('hex', () => {
  it('comes back as the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it('is read as people write it', () => {
    expect(fromHex('0x0A, ff:00\n1b')).toEqual(Uint8Array.of(10, 255, 0, 27));
    expect(fromHex('')).toEqual(new Uint8Array());
  });

  it('says what is wrong, and where', () => {
    expect(() => fromHex('0a g1')).toThrow('“g” at character 4');
    expect(() => fromHex('0a 1')).toThrow('3 digits, an odd number');
  });
});

describe('base64', () => {
  it('comes back as the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  it('takes more bytes than a call can have arguments', () => {
    const bytes = new Uint8Array(300_000).fill(7);
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  });

  it('is read without padding and in the alphabet of URLs', () => {
    expect(fromBase64('_-8')).toEqual(Uint8Array.of(255, 239));
    expect(fromBase64('AA ==\n')).toEqual(Uint8Array.of(0));
  });

  it('says what is wrong, and where', () => {
    expect(() => fromBase64('AA*A')).toThrow('“*” at character 3');
    expect(() => fromBase64('A')).toThrow('cut off');
    expect(() => fromBase64('A=AA')).toThrow('cut off');
  });
});
