import { expect, it } from 'vitest';
import { imageType } from './imageType';

it('knows images by their first bytes', () => {
  expect(imageType(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe('image/png');
  expect(imageType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
  expect(imageType(new TextEncoder().encode('RIFF....WEBPVP8 '))).toBe('image/webp');
  expect(imageType(new TextEncoder().encode('{"a":1}'))).toBeNull();
  expect(imageType(new Uint8Array())).toBeNull();
});
