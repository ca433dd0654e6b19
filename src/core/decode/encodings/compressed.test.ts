import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { base64 } from './base64';
import { deflate } from './deflate';
import { gzip } from './gzip';
import { zstd } from './zstd';

const message = { type: 'trade', list: Array.from({ length: 40 }, (_, i) => ({ id: i, name: `item ${i}` })) };
const json = JSON.stringify(message);
const bytesOf = (data: Uint8Array | string) => new Uint8Array(Buffer.from(data));

const gzipped = bytesOf(gzipSync(json));
const zlib = bytesOf(deflateSync(json));
const raw = bytesOf(deflateRawSync(json));
/** Made with zstd 1.5: `{"type":"trade","list":[…]}` as above, and 100,000 times `a`. */
const zstandard = bytesOf(
  Buffer.from(
    'KLUv/QRoTQUA8gsfFpA7B6hHVy2jGtBd9u7u7p2SSVf1D0rREKG7e3s7O/v6urp6evr/+37f5/POzs3NzMzLy8rKycn3bdt1nU67ura2srKurqqqpqa+r+u2bTbrXGuMraVUSr/dBhEmkBjOgQ+NhFAwyIfFgZDw0GkOBAM0CoJx8KGxPA5CAU6oEfD4/b8D4OcQFKEY8wEls67FKm9Zw57WFPO0dS2zLJsly5otBINUBShZbSE=',
    'base64',
  ),
);
const repeated = bytesOf(Buffer.from('KLUv/QRYVQAAEGFhAQCbhjnAAi9O/v0=', 'base64'));

const context = { url: '', protocol: '' };

describe.each([
  ['gzip', gzip, gzipped],
  ['zlib', deflate, zlib],
  ['deflate', deflate, raw],
  ['zstd', zstd, zstandard],
] as const)('%s', (word, decoder, payload) => {
  test('shows what is inside as what it is', () => {
    const { tree, summary, kind, problem, json: value } = decodeOne(decoder, payload);
    expect(problem).toBeUndefined();
    expect(summary.startsWith(`${word} → {"type":"trade","list":[{"id":0,`)).toBe(true);
    expect(kind).toBe('type:trade');
    expect(value?.()).toEqual(message);
    expect(outline(tree)).toMatchObject({
      compressed: String(payload.length),
      unpacked: String(json.length),
      content: { type: 'trade', list: { 39: { name: 'item 39' } } },
    });
    expect(nodeAt(tree, 'content')).toMatchObject({ start: 0, end: payload.length });
    expect(nodeAt(tree, 'content', 'type').start).toBeUndefined();
  });

  test('shows what can be read of truncated input, and says so', () => {
    const { tree, problem } = decodeOne(decoder, payload.subarray(0, Math.floor(payload.length * 0.8)));
    expect(problem).toBeDefined();
    expect(outline(tree)).toMatchObject(
      word === 'zstd' ? {} : { content: { type: 'trade', list: { 9: { id: '9' } } } },
    );
  });

  test('is sure of it', () => {
    expect(decoder.sniff(context, samplesOf(payload, payload)).confidence).toBeGreaterThan(0.7);
    expect(decoder.sniff(context, samplesOf('{"a":1}', Uint8Array.of(1, 2, 3, 4, 5, 6))).confidence).toBe(0);
  });

  test('is total on mutated input', () => {
    fuzzDecoder(decoder, [payload], 600);
  });
});

describe('bombs', () => {
  test('are unpacked to a bound only', () => {
    const bomb = bytesOf(gzipSync(Buffer.alloc(64 << 20)));
    const { tree, problem } = decodeOne(gzip, bomb);
    expect(problem?.message).toMatch(/^unpacks to more than \d+ bytes/);
    expect(Number(nodeAt(tree, 'unpacked').value)).toBeLessThan((1 << 20) + 200 * bomb.length);
  });

  test('that ask for memory are refused before it is given', () => {
    const huge = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0);
    expect(decodeOne(zstd, huge).problem).toEqual({ message: 'a frame that needs more than 32 MiB of memory', at: 4 });
  });

  test('of many blocks with a large window move a bounded part of memory', () => {
    // A frame of 30,000 empty blocks, which tells a window of 16 MiB; then as many with content.
    for (const block of [
      [0, 0, 0],
      [8, 0, 0, 0x41],
    ]) {
      const blocks = Array.from({ length: 30_000 }, () => block).flat();
      const bomb = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 14 << 3, ...blocks]);
      const started = performance.now();
      expect(decodeOne(zstd, bomb).problem?.message).toMatch(/too many blocks/);
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });

  test('of many frames are read up to a number', () => {
    const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 1, 9, 0, 0, 0x41);
    const many = new Uint8Array(frame.length * 2000);
    for (let i = 0; i < 2000; i++) many.set(frame, i * frame.length);
    const { tree, problem } = decodeOne(zstd, many);
    expect(problem).toEqual({ message: 'more than 1000 frames', at: 10_000 });
    expect(nodeAt(tree, 'unpacked').value).toBe('1000');
  });
});

describe('several frames and long runs', () => {
  test('zstd joins its frames, skippable ones left out', () => {
    const skippable = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2);
    const { tree, problem } = decodeOne(zstd, new Uint8Array([...repeated, ...skippable, ...repeated]));
    expect(problem).toBeUndefined();
    expect(nodeAt(tree, 'unpacked').value).toBe('200000');
  });

  test('text far longer than its message is cut, and says so', () => {
    const { note, value } = nodeAt(decodeOne(zstd, repeated).tree, 'content');
    expect(note).toMatch(/^the first \d+ of 100000 characters$/);
    expect(value.length).toBeLessThan(10_000);
  });
});

describe('base64', () => {
  test.each([
    ['of gzip', Buffer.from(gzipped).toString('base64'), 'base64 → gzip → {"type":"trade"'],
    ['url safe, no padding', Buffer.from(json).toString('base64url'), 'base64 → {"type":"trade"'],
    ['of text', Buffer.from('hello world, hello').toString('base64'), 'base64 → hello world'],
    ['of a picture', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA=', 'base64 → PNG image, 1 × 1'],
    ['in a data URL', `data:application/json;base64,${Buffer.from('{"a":1}').toString('base64')}`, 'base64 → {"a":1}'],
  ])('%s', (_, text, words) => {
    const { summary, problem } = decodeOne(base64, text);
    expect(problem).toBeUndefined();
    expect(summary.startsWith(words)).toBe(true);
  });

  test('names the place where it is none', () => {
    expect(decodeOne(base64, 'aGVsbG8*aGVs').problem).toEqual({ message: 'this is not base64', at: 7 });
  });

  test('is total on mutated input', () => {
    const seeds = [Buffer.from(gzipped).toString('base64'), 'data:a/b;base64,aGVsbG8='];
    fuzzDecoder(base64, seeds.map(bytesOf), 1500);
  });

  test('is likely for base64 and not for words, numbers or ids', () => {
    const sure = [Buffer.from(json).toString('base64'), 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA='];
    expect(base64.sniff(context, samplesOf(...sure)).confidence).toBeGreaterThan(0.5);
    const words = ['heartbeatheartbeat', '123456789012', 'deadbeefdeadbeef', 'SubscribeToChannel', '{"a":"aGVsbG8="}'];
    for (const word of words) expect(base64.sniff(context, samplesOf(word)).confidence).toBe(0);
  });
});
