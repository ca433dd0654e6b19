import { encode, decode as reference } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { checkPassing } from '../testing/passing';
import { msgpack } from './msgpack';
import { msgpackFormat } from './msgpack-format';

const decode = (bytes: Uint8Array) => decodeOne(msgpack, bytes);

describe('MessagePack', () => {
  test('gives a tree whose offsets name the bytes of each value', () => {
    const bytes = encode({ type: 'trade', list: [1, -1, 70000, 1.5], bin: Uint8Array.of(1, 2), none: null });
    const { tree, summary, kind, problem } = decode(bytes);
    expect(problem).toBeUndefined();
    expect(kind).toBe('type:trade');
    expect(summary).toBe('{"type":"trade","list":[1,-1,70000,1.5],"bin":2 bytes: 01 02,"none":null}');
    expect(outline(tree)).toEqual({
      type: 'trade',
      list: { 0: '1', 1: '-1', 2: '70000', 3: '1.5' },
      bin: '2 bytes: 01 02',
      none: 'null',
    });
    const { start, end } = nodeAt(tree, 'list', '2');
    expect(reference(bytes.subarray(start, end))).toBe(70000);
    expect(nodeAt(tree, 'bin').bytes).toEqual(Uint8Array.of(1, 2));
  });

  test('agrees with the reference codec on random values', () => {
    const value = fc.anything({
      withBigInt: false,
      withNullPrototype: false,
      values: [fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.uint8Array()],
    });
    fc.assert(
      fc.property(value, (any) => {
        // The reference codec refuses this one name.
        fc.pre(!JSON.stringify(any)?.includes('__proto__'));
        const bytes = encode(any);
        const { problem, json } = decode(bytes);
        expect(problem).toBeUndefined();
        expect(json?.()).toEqual(reference(bytes));
      }),
    );
  });

  test('keeps 64-bit integers, timestamps and extensions', () => {
    const bytes = encode([2n ** 63n, -5n, new Date('2026-11-21T00:00:00.250Z')], { useBigInt64: true });
    expect(decode(bytes).json?.()).toEqual([2n ** 63n, -5, new Date('2026-11-21T00:00:00.250Z')]);
    const { tree } = decode(Uint8Array.of(0x91, 0xd5, 0x07, 0x0a, 0x0b));
    expect(nodeAt(tree, '0')).toMatchObject({ type: 'bytes', note: 'extension 7' });
  });

  test('a map with other keys than words and numbers is a Map', () => {
    const bytes = Uint8Array.of(0x81, 0x92, 0x01, 0x02, 0xa1, 0x78);
    expect(decode(bytes).json?.()).toEqual(new Map([[[1, 2], 'x']]));
    expect(outline(decode(bytes).tree)).toEqual({ '[1,2]': 'x' });
  });

  test('reads several values in a row', () => {
    const bytes = Uint8Array.of(...encode({ a: 1 }), ...encode([2]));
    expect(decode(bytes).json?.()).toEqual([{ a: 1 }, [2]]);
  });

  test('shows what can be read of truncated input, and where it stopped', () => {
    const bytes = encode({ a: [1, 2, 'three'], b: 4 });
    const { tree, problem } = decode(bytes.subarray(0, bytes.length - 6));
    expect(problem).toEqual({ message: '5 bytes expected, 2 left', at: 7 });
    expect(outline(tree)).toEqual({ a: { 0: '1', 1: '2', 2: '5 bytes expected, 2 left' } });
  });

  test('lengths that promise more than there is cost nothing', () => {
    for (const head of [0xdd, 0xdf, 0xdb, 0xc6]) {
      const { problem } = decode(Uint8Array.of(head, 0xff, 0xff, 0xff, 0xff, 0x01));
      expect(problem).toBeDefined();
    }
    expect(decode(new Uint8Array(500_000).fill(0x91)).problem).toBeDefined();
  });

  test('passing an item and reading it agree on where it ends', () => checkPassing(msgpackFormat));

  test('is total on mutated input', () => {
    fuzzDecoder(
      msgpack,
      [encode({ type: 'a', list: [1, 2n ** 40n, 'ü', null, true] }, { useBigInt64: true }), encode([1.5, new Date(0)])],
      3000,
    );
  });

  test('is sure of maps with words as keys, not of other bytes', () => {
    const context = { url: '', protocol: '' };
    expect(msgpack.sniff(context, samplesOf(encode({ a: 1 }), encode({ b: [2] }))).confidence).toBeGreaterThan(0.7);
    expect(msgpack.sniff(context, samplesOf(Uint8Array.of(1, 2, 3), Uint8Array.of(0x80))).confidence).toBe(0);
    expect(msgpack.sniff(context, samplesOf('text')).confidence).toBe(0);
  });
});
