import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { file } from './file';

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
  );

const png = bytes('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', [0, 0, 2, 128, 0, 0, 1, 224], '\x08\x06\0\0\0');
const gif = bytes('GIF89a', [0x40, 1, 0xf0, 0], '\xf7\0\0');
const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2], [0xff, 0xc2, 0, 11, 8, 1, 0x2c, 2, 0x58, 1], '\0'.repeat(8));
const webp = bytes('RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0', [0x7f, 2, 0, 0xdf, 1, 0]);
const lossy = bytes('RIFF\x1a\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a', [0x80, 2, 0xe0, 1]);
const lossless = bytes('RIFF\x1a\0\0\0WEBPVP8L\x0a\0\0\0\x2f', [0x7f, 0xc2, 0x77, 0]);
const bmp = bytes('BM', [30, 0, 0, 0], '\0'.repeat(12), [0x80, 2, 0, 0, 0x20, 0xfe, 0xff, 0xff], '\0'.repeat(4));

describe('images and other files', () => {
  test.each([
    ['image/png', png, '640 × 480'],
    ['image/gif', gif, '320 × 240'],
    ['image/jpeg', jpeg, '600 × 300'],
    ['image/webp', webp, '640 × 480'],
    ['image/webp', lossy, '640 × 480'],
    ['image/webp', lossless, '640 × 480'],
    ['image/bmp', bmp, '640 × 480'],
  ])('%s tells its size', (mime, payload, size) => {
    const { tree, kind, problem } = decodeOne(file, payload);
    expect(problem).toBeUndefined();
    expect(kind).toBe(mime);
    expect(nodeAt(tree, 'size').value).toBe(size);
    expect(nodeAt(tree, 'content')).toMatchObject({ type: 'bytes', bytes: payload, note: mime });
  });

  test.each([
    ['application/pdf', bytes('%PDF-1.7')],
    ['application/zip', bytes('PK\x03\x04')],
    ['application/wasm', bytes('\0asm\x01\0\0\0')],
    ['video/mp4', bytes('\0\0\0\x18ftypmp42')],
    ['image/avif', bytes('\0\0\0\x18ftypavif')],
    ['video/webm', bytes('\x1aE\xdf\xa3\x01')],
    ['audio/wav', bytes('RIFF\x1a\0\0\0WAVEfmt ')],
    ['application/x-tar', bytes('\0'.repeat(257), 'ustar')],
  ])('%s', (mime, payload) => {
    expect(decodeOne(file, payload).kind).toBe(mime);
  });

  test('a size that is cut off is left out', () => {
    const { summary, kind } = decodeOne(file, png.subarray(0, 20));
    expect([kind, summary]).toEqual(['image/png', 'PNG image, 20 bytes']);
  });

  test('other bytes are shown, with a problem', () => {
    expect(decodeOne(file, bytes('hello')).problem).toEqual({
      message: 'no known kind of file begins like this',
      at: 0,
    });
  });

  test('is total on mutated input', () => {
    fuzzDecoder(file, [png, gif, jpeg, webp, lossless, bmp], 3000);
  });

  test('is sure where messages are files, even if only some are', () => {
    const context = { url: '', protocol: '' };
    expect(file.sniff(context, samplesOf(png, png)).confidence).toBeGreaterThan(0.8);
    expect(file.sniff(context, samplesOf(jpeg, 'next', bytes('hello'))).confidence).toBeGreaterThan(0.5);
    expect(file.sniff(context, samplesOf(bytes('BM and more text here to come'), bytes('hi'))).confidence).toBe(0);
  });
});
