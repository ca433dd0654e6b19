import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { brotli } from './brotli';
import { brotliDictionary } from './brotli-dictionary';
import { unbrotli } from './brotli-stream';

const MANY = 64 << 20;
/** As the reference encoder in Node writes it. */
const pack = (bytes: Uint8Array, quality = 11, window = 22, mode = constants.BROTLI_MODE_GENERIC) =>
  Uint8Array.from(
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: window,
        [constants.BROTLI_PARAM_MODE]: mode,
      },
    }),
  );
const utf8 = (text: string) => new TextEncoder().encode(text);
const message = { type: 'trade', list: Array.from({ length: 40 }, (_, i) => ({ id: i, name: `item ${i}` })) };
const json = JSON.stringify(message);
const packed = pack(utf8(json));

describe('the reference encoder', () => {
  const files = [
    'docs/filter.md',
    'package.json',
    'docs/images/connection-dark.png',
    'src/core/decode/encodings/brotli-dictionary.ts',
  ];
  test.each(files)('%s, in every quality and window', (path) => {
    const bytes = Uint8Array.from(readFileSync(new URL(`../../../../${path}`, import.meta.url))).subarray(0, 40_000);
    for (const quality of [0, 1, 2, 4, 5, 9, 10, 11]) {
      for (const window of quality > 9 ? [10, 24] : [10, 16, 17, 20, 24]) {
        for (const mode of [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_TEXT]) {
          const { bytes: unpacked, problem } = unbrotli(pack(bytes, quality, window, mode), MANY);
          expect(problem).toBeUndefined();
          expect(Buffer.compare(unpacked, bytes)).toBe(0);
        }
      }
    }
  });

  test('words of the dictionary, as they are and changed', () => {
    const text =
      'The quick government and Information. This includes the language of the Technology, HOWEVER "different" ';
    const words = utf8(`${text}${text.toUpperCase()}${'время год новый'.repeat(3)} 中文 ${text.toLowerCase()}`);
    expect(Buffer.compare(unbrotli(pack(words), MANY).bytes, words)).toBe(0);
  });

  test('anything', () => {
    const part = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300, unit: 'binary' }).map(utf8));
    const options = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 10, max: 24 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.nat(4), options, (parts, again, [quality, window]) => {
        const all = Buffer.concat([...parts, ...parts.slice(0, again)]);
        const { bytes, problem } = unbrotli(pack(all, quality, window), MANY);
        expect(problem).toBeUndefined();
        expect(Buffer.compare(bytes, all)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});

test('the dictionary is that of the RFC', () => {
  expect(brotliDictionary().length).toBe(122_784);
  let crc = -1;
  for (const byte of brotliDictionary()) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  expect((~crc >>> 0).toString(16)).toBe('5136cb04');
});

test('shows what is inside as what it is', () => {
  const { tree, summary, kind, problem, json: value } = decodeOne(brotli, packed);
  expect(problem).toBeUndefined();
  expect(summary.startsWith('brotli → {"type":"trade","list":[{"id":0,')).toBe(true);
  expect(kind).toBe('type:trade');
  expect(value?.()).toEqual(message);
  expect(outline(tree)).toMatchObject({ compressed: String(packed.length), unpacked: String(json.length) });
  expect(nodeAt(tree, 'content')).toMatchObject({ start: 0, end: packed.length });
});

test('shows what can be read of broken input, and where it stopped', () => {
  const { tree, problem } = decodeOne(brotli, packed.subarray(0, packed.length - 20));
  expect(problem).toEqual({ message: 'the stream ends early', at: packed.length - 20 });
  expect(outline(tree)).toMatchObject({ content: { type: 'trade', list: { 0: { name: 'item 0' } } } });
  const more = decodeOne(brotli, Uint8Array.of(...packed, 1, 2));
  expect(more.problem).toEqual({ message: '2 bytes are left after the stream', at: packed.length });
  expect(decodeOne(brotli, Uint8Array.of(0x11)).problem?.message).toBe('a window that is not allowed');
});

test('bombs are unpacked to a bound only', () => {
  const bomb = pack(new Uint8Array(32 << 20), 9);
  const started = performance.now();
  const { tree, problem } = decodeOne(brotli, bomb);
  expect(problem?.message).toMatch(/^unpacks to more than \d+ bytes/);
  expect(Number(nodeAt(tree, 'unpacked').value)).toBeLessThanOrEqual((1 << 20) + 200 * bomb.length);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('is likely for packed text, and not for anything else', () => {
  const context = { url: '', protocol: '' };
  expect(brotli.sniff(context, samplesOf(packed, packed)).confidence).toBeGreaterThan(0.6);
  expect(brotli.sniff(context, samplesOf('{"a":1}', Uint8Array.of(1, 2, 3, 4, 5, 6))).confidence).toBe(0);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (noise) => {
      expect(brotli.sniff(context, samplesOf(noise)).confidence).toBe(0);
    }),
  );
});

test('is total on mutated input', () => {
  fuzzDecoder(brotli, [packed, pack(utf8('The government of Information'), 11), pack(utf8(json), 1)], 1500);
});
