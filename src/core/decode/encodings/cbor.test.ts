import { encode, decode as reference, Tag } from 'cbor2';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { checkPassing } from '../testing/passing';
import { cbor } from './cbor';
import { cborFormat } from './cbor-format';

const decode = (bytes: Uint8Array) => decodeOne(cbor, bytes);
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

describe('CBOR', () => {
  // RFC 8949, Appendix A.
  test.each([
    ['1bffffffffffffffff', 18446744073709551615n],
    ['3bffffffffffffffff', -18446744073709551616n],
    ['c249010000000000000000', 18446744073709551616n],
    ['c349010000000000000000', -18446744073709551617n],
    ['3903e7', -1000],
    ['f90001', 2 ** -24],
    ['f9c400', -4.0],
    ['f97c00', Number.POSITIVE_INFINITY],
    ['fbc010666666666666', -4.1],
    ['f7', undefined],
    ['c11a514b67b0', new Date('2013-03-21T20:04:00Z')],
    ['64f0908591', '\u{10151}'],
    ['826161bf61626163ff', ['a', { b: 'c' }]],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['5f42010243030405ff', Uint8Array.of(1, 2, 3, 4, 5)],
    ['9fff', []],
    ['a201020304', { 1: 2, 3: 4 }],
  ])('%s', (hex, value) => {
    const { problem, json } = decode(fromHex(hex));
    expect(problem).toBeUndefined();
    expect(json?.()).toEqual(value);
  });

  test('gives a tree with byte ranges and the names of tags', () => {
    const bytes = encode({
      type: 'trade',
      at: new Tag(0, '2026-11-21T00:00:00Z'),
      link: new Tag(32, 'http://a/'),
      n: [1],
    });
    const { tree, kind } = decode(bytes);
    expect(kind).toBe('type:trade');
    expect(nodeAt(tree, 'at')).toMatchObject({ type: 'date', note: 'tag 0 date and time' });
    expect(nodeAt(tree, 'link')).toMatchObject({ value: 'http://a/', note: 'tag 32 URI' });
    const { start, end } = nodeAt(tree, 'n', '0');
    expect([...bytes.subarray(start, end)]).toEqual([1]);
  });

  test('agrees with the reference codec on random values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (any) => {
        const bytes = encode(any);
        const { problem, json } = decode(bytes);
        expect(problem).toBeUndefined();
        expect(json?.()).toEqual(reference(bytes));
      }),
    );
  });

  test('reads a sequence (RFC 8742)', () => {
    expect(decode(fromHex('01a0820203')).json?.()).toEqual([1, {}, [2, 3]]);
  });

  test('shows what can be read of truncated input, and where it stopped', () => {
    const { tree, problem } = decode(fromHex('a261610161628202'));
    expect(problem).toEqual({ message: '1 bytes expected, 0 left', at: 8 });
    expect(outline(tree)).toEqual({ a: '1', b: { 0: '2', 1: '1 bytes expected, 0 left' } });
  });

  test('nesting and lengths cost nothing', () => {
    for (const head of [0x81, 0x9f, 0xbf, 0xc1, 0xc7]) {
      const { problem, summary, tree } = decode(new Uint8Array(1_048_576).fill(head));
      expect(problem?.message).toBe('nested deeper than 1000');
      expect(problem?.at).toBeLessThan(2002);
      expect(summary.length + tree.value.length).toBeLessThan(100);
    }
    expect(decode(fromHex('bbffffffffffffffff01')).problem).toBeDefined();
    expect(decode(fromHex('5bffffffffffffffff01')).problem).toBeDefined();
  });

  test('nesting within the bound is read to its end', () => {
    const { problem, json } = decode(Uint8Array.of(...new Uint8Array(999).fill(0x81), 0x80));
    expect(problem).toBeUndefined();
    expect(JSON.stringify(json?.())).toBe('['.repeat(1000) + ']'.repeat(1000));
  });

  test('passing an item and reading it agree on where it ends', () => checkPassing(cborFormat));

  test('text in chunks is joined, however many these are', () => {
    const chunks = new Uint8Array(1_048_576).fill(0x60);
    chunks[0] = 0x7f;
    chunks[chunks.length - 1] = 0xff;
    expect(decode(chunks).problem).toBeUndefined();
    expect(decode(fromHex('7f61c361a9ff')).json?.()).toBe('é');
  });

  test('is total on mutated input', () => {
    fuzzDecoder(
      cbor,
      ['826161bf61626163ff', '9f018202039f0405ffff', 'a2616101c249010000000000000000f97c00', '7f6161ff5f4101ff'].map(
        fromHex,
      ),
      3000,
    );
  });

  test('is sure of maps with words as keys, not of other bytes', () => {
    const context = { url: '', protocol: '' };
    expect(cbor.sniff(context, samplesOf(encode({ a: 1 }), encode({ b: [2] }))).confidence).toBeGreaterThan(0.7);
    expect(cbor.sniff(context, samplesOf(Uint8Array.of(1, 2, 3), Uint8Array.of(0x80))).confidence).toBe(0);
  });
});
