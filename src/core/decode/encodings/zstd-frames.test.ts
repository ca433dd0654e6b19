import { expect, test } from 'vitest';
import { zstdFrames } from './zstd-frames';

// RFC 8878 §3.1.1.2.4. Found by the fuzzer: a few bytes that ask for a block of megabytes took seconds to unpack.
test('a block larger than 128 KiB is refused before it is unpacked', () => {
  const payload = Uint8Array.from(atob('KLUv/WNrIiwibiI6Mn3VHgnexA=='), (character) => character.charCodeAt(0));
  expect(() => [...zstdFrames(payload)]).toThrow('a block larger than 128 KiB');
});
